//! Brings a database to the newest schema, one numbered file after the other.

use rusqlite::{Connection, TransactionBehavior};

use crate::DbError;
use crate::engine::dialect;

/// All migrations, oldest first. A released file is never edited: see `migrations/README.md`.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_registry_core.sql"),
    include_str!("../migrations/0002_identity.sql"),
];

const DOING: &str = "bring its schema up to date";

pub(crate) fn apply(connection: &mut Connection) -> Result<(), DbError> {
    let known = i64::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(DbError::engine(DOING))?;
    tx.execute_batch("CREATE TABLE IF NOT EXISTS schema_version (number bigint NOT NULL)")
        .map_err(DbError::engine(DOING))?;
    let found: i64 = tx
        .query_row("SELECT coalesce(max(number), 0) FROM schema_version", [], |row| row.get(0))
        .map_err(DbError::engine(DOING))?;
    if found > known {
        return Err(DbError::Newer { found, known });
    }
    let missing =
        usize::try_from(found).map_err(|_| DbError::Corrupt { column: "schema_version.number" })?;
    for (number, sql) in (1_i64..).zip(MIGRATIONS).skip(missing) {
        tx.execute_batch(&dialect(sql)).map_err(DbError::engine(DOING))?;
        tx.execute("INSERT INTO schema_version (number) VALUES (?1)", [number])
            .map_err(DbError::engine(DOING))?;
    }
    tx.commit().map_err(DbError::engine(DOING))
}
