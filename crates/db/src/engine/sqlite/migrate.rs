use rusqlite::{Connection, TransactionBehavior};

use crate::DbError;
use crate::migrations::{missing, require_newest};

/// The words of a migration that engines spell differently.
pub(crate) fn dialect(sql: &str) -> String {
    sql.replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT")
        .replace("{bytes}", "BLOB")
        .replace("{text}", "text")
}

const DOING: &str = "bring its schema up to date";

pub(super) fn apply(connection: &mut Connection) -> Result<(), DbError> {
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(DbError::engine(DOING))?;
    tx.execute_batch("CREATE TABLE IF NOT EXISTS schema_version (number bigint NOT NULL)")
        .map_err(DbError::engine(DOING))?;
    let found: i64 = tx
        .query_row("SELECT coalesce(max(number), 0) FROM schema_version", [], |row| row.get(0))
        .map_err(DbError::engine(DOING))?;
    for (number, sql) in missing(found)? {
        tx.execute_batch(&dialect(sql)).map_err(DbError::engine(DOING))?;
        tx.execute("INSERT INTO schema_version (number) VALUES (?1)", [number])
            .map_err(DbError::engine(DOING))?;
    }
    tx.commit().map_err(DbError::engine(DOING))
}

/// Is the schema the newest? Changes nothing.
pub(super) fn check(connection: &Connection) -> Result<(), DbError> {
    let found = connection
        .query_row("SELECT coalesce(max(number), 0) FROM schema_version", [], |row| row.get(0))
        .map_err(DbError::engine("read its schema"))?;
    require_newest(found)
}
