use rusqlite::Connection;

use crate::DbError;

/// Runs a statement without parameters, prepared once for each connection.
pub(super) fn run(connection: &Connection, sql: &str, doing: &'static str) -> Result<(), DbError> {
    let mut statement = connection.prepare_cached(sql).map_err(DbError::engine(doing))?;
    statement.raw_execute().map(drop).map_err(DbError::engine(doing))
}
