//! Questions about the whole database.

use std::time::Duration;

use super::address::Address;
use super::session::Session;
use crate::tx::Access;
use crate::value::args;
use crate::{DbError, Tx};

/// One pass over the largest table and its parent, on a slow disk.
const PATIENCE: Duration = Duration::from_hours(1);

/// The size of the rows and their indexes.
pub(super) fn size_bytes(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    tx.row("SELECT pg_database_size(current_database())", args![], |row| {
        row.size(0, "pg_database_size")
    })
    .map(Option::unwrap_or_default)
}

/// Rows that refer to missing rows. The server never writes such rows, unless its checks were
/// turned off, or a damaged backup was restored.
pub(super) fn dangling(address: &Address) -> Result<Vec<String>, DbError> {
    let mut session = Session::connect(address, PATIENCE)?;
    // This reads everything: here, for once, scans and hashes are the good plan.
    session
        .batch("RESET enable_seqscan; RESET enable_sort; RESET enable_hashjoin", "check itself")?;
    session.begin(Access::Read);
    let mut tx = Tx::postgres(&mut session, Access::Read);
    let mut found = Vec::new();
    for Reference { table, column, parent, parent_column } in references(&mut tx)? {
        let sql = format!(
            "SELECT 1 FROM {table} c WHERE c.{column} IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{parent_column} = c.{column})
             LIMIT {DANGLING_MAX}"
        );
        let line = format!("a row of {table} refers to a row of {parent} that is not there");
        found.extend(tx.rows(&sql, args![], |_| Ok(line.clone()))?);
    }
    Ok(found)
}

/// The same limit as SQLite's check: more lines would say nothing new.
const DANGLING_MAX: usize = 100;

struct Reference {
    table: String,
    column: String,
    parent: String,
    parent_column: String,
}

/// The columns that refer to a column of another table, by their names as SQL has them.
fn references(tx: &mut Tx<'_>) -> Result<Vec<Reference>, DbError> {
    tx.rows(
        "SELECT r.conrelid::regclass::text, quote_ident(c.attname::text),
                r.confrelid::regclass::text, quote_ident(p.attname::text)
         FROM pg_constraint r
         JOIN pg_attribute c ON c.attrelid = r.conrelid AND c.attnum = r.conkey[1]
         JOIN pg_attribute p ON p.attrelid = r.confrelid AND p.attnum = r.confkey[1]
         WHERE r.contype = 'f' AND r.connamespace = current_schema()::regnamespace
         ORDER BY 1, 2",
        args![],
        |row| {
            Ok(Reference {
                table: row.text(0, "pg_constraint")?,
                column: row.text(1, "pg_constraint")?,
                parent: row.text(2, "pg_constraint")?,
                parent_column: row.text(3, "pg_constraint")?,
            })
        },
    )
}
