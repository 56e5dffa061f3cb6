use tokio::sync::mpsc;

use super::{Cell, Table};
use crate::value::{Row, Value};
use crate::{DbError, Tx};

/// A part of a database's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Rows of a table, in the order of its key; each has a cell for each column.
    Rows {
        /// The table.
        table: &'static Table,
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
    /// The table has no more rows.
    End {
        /// The table.
        table: &'static Table,
        /// The last generated key, if keys are generated: no later row may have it or an earlier
        /// one.
        last_generated: i64,
    },
}

/// All rows that move, as of one moment; read on demand.
#[derive(Debug)]
pub struct Snapshot {
    pieces: mpsc::Receiver<Result<Piece, DbError>>,
}

/// How many pages may wait to be taken. One is read while another is used.
pub(crate) const PIECES_WAITING: usize = 1;

impl Snapshot {
    pub(crate) fn new(pieces: mpsc::Receiver<Result<Piece, DbError>>) -> Self {
        Self { pieces }
    }

    /// The next piece; `None` after the last table.
    pub async fn next(&mut self) -> Result<Option<Piece>, DbError> {
        self.pieces.recv().await.transpose()
    }
}

/// The receiver has gone away.
pub(crate) struct Forgotten;

/// Passes all rows that move to `give`, in one transaction. It runs on a thread that may block.
pub(crate) fn read_all(
    tx: &mut Tx<'_>,
    give: &mut dyn FnMut(Result<Piece, DbError>) -> Result<(), Forgotten>,
) {
    let ended = Table::moving().try_for_each(|table| read_table(tx, table, give));
    if let Err(Stopped::Failed(error)) = ended {
        // If the receiver is still there, it gets the error.
        give(Err(error)).ok();
    }
}

enum Stopped {
    Failed(DbError),
    Forgotten,
}

impl From<DbError> for Stopped {
    fn from(error: DbError) -> Self {
        Self::Failed(error)
    }
}

impl From<Forgotten> for Stopped {
    fn from(_: Forgotten) -> Self {
        Self::Forgotten
    }
}

fn read_table(
    tx: &mut Tx<'_>,
    table: &'static Table,
    give: &mut dyn FnMut(Result<Piece, DbError>) -> Result<(), Forgotten>,
) -> Result<(), Stopped> {
    let mut after: Option<Vec<Cell>> = None;
    loop {
        let rows = tx.read_page(table, after.as_deref())?;
        let Some(last) = rows.last() else { break };
        after = Some(key_of(table, last));
        let is_last = rows.len() < table.page_rows();
        give(Ok(Piece::Rows { table, rows }))?;
        if is_last {
            break;
        }
    }
    let last_generated = if table.generated { tx.last_generated(table)? } else { 0 };
    give(Ok(Piece::End { table, last_generated }))?;
    Ok(())
}

fn key_of(table: &Table, row: &[Cell]) -> Vec<Cell> {
    let at = |column: &&str| table.position(column).expect("a key's columns are a table's");
    table.key.iter().map(|column| row[at(column)].clone()).collect()
}

impl Tx<'_> {
    /// Rows of a table after a key, in its order.
    pub(crate) fn read_page(
        &mut self,
        table: &'static Table,
        after: Option<&[Cell]>,
    ) -> Result<Vec<Vec<Cell>>, DbError> {
        let (name, key) = (table.quoted_name(), Table::quoted(table.key));
        let columns = Table::quoted(table.columns);
        let limit = table.page_rows();
        let sql = match after {
            None => format!("SELECT {columns} FROM {name} ORDER BY {key} LIMIT {limit}"),
            Some(after) => {
                let places: Vec<String> = (1..=after.len()).map(|at| format!("${at}")).collect();
                let places = places.join(", ");
                format!(
                    "SELECT {columns} FROM {name} WHERE ({key}) > ({places}) ORDER BY {key} LIMIT {limit}"
                )
            }
        };
        let args: Vec<Value<'_>> = after.unwrap_or_default().iter().map(Value::from).collect();
        self.rows(&sql, &args, |row| read(row, table))
    }

    fn last_generated(&mut self, table: &Table) -> Result<i64, DbError> {
        let sql = self.spelled(
            "SELECT seq FROM sqlite_sequence WHERE name = $1",
            "SELECT pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass)",
        );
        let last = self.row(sql, &[Value::Text(table.name)], |row| row.maybe_int(0, table.name))?;
        Ok(last.flatten().unwrap_or(0))
    }
}

fn read(row: &Row<'_>, table: &'static Table) -> Result<Vec<Cell>, DbError> {
    let cells = table.columns.iter().enumerate();
    cells.map(|(at, column)| Ok(Cell::from(row.cell(at, column)?))).collect()
}
