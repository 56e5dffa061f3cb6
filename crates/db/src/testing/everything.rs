use crate::{Cell, Db, DbError, TABLES, Table, Tx};

/// The first rows of every table, the ones that do not move among them.
pub async fn read_everything(db: &Db) -> Vec<(&'static Table, Vec<Vec<Cell>>)> {
    let read = |tx: &mut Tx<'_>| {
        let page = |table| Ok::<_, DbError>((table, tx.read_page(table, None)?));
        TABLES.iter().map(page).collect()
    };
    let read: Result<_, DbError> = db.read(read).await;
    read.expect("the rows can be read")
}
