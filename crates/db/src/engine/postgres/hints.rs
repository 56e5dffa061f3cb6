//! Statistics that we give PostgreSQL's planner.
//!
//! A repository selects few rows, and so does a status. If nearly all rows belong to one
//! repository, the planner would assume otherwise, and find the few rows of another by scanning the
//! many in order. No schema depends on this, so it is not a migration: each start checks that it is
//! set, after the schema. A database that refuses it is served without.

use super::cure::Cure;
use super::session::Session;
use crate::DbError;
use crate::tx::Access;
use crate::value::{Row, args};

const HINTED: [(&str, &str); 10] = [
    ("image", "repository"),
    ("image", "status"),
    ("image_tag", "repository"),
    ("image_child", "repository"),
    ("image_blob", "repository"),
    ("repository_blob", "repository"),
    ("upload", "repository"),
    ("tag_move", "repository"),
    ("expired_image", "repository"),
    ("deleted_image", "repository"),
];

/// A twentieth of the rows, however many there are: twenty are expected of each. Few, so that they
/// are found by an index that begins with the column. More than one, so that an index that holds
/// the whole key is better than one that holds only its beginning: of two that promise one row, the
/// planner takes either, and a repository has a hundred thousand.
const DISTINCT: &str = "n_distinct=-0.05";

/// How long a start waits for a process that is rewriting one of the tables. The next start tries
/// again.
const LOCK_MAX: &str = "5s";

/// Sets the missing hints, and analyzes the tables, because hints take effect only then.
pub(super) fn give(session: &mut Session) -> Result<(), DbError> {
    match try_give(session) {
        Err(error) if Cure::of(&error) == Cure::Nothing => session.roll_back(),
        given => given,
    }
}

fn try_give(session: &mut Session) -> Result<(), DbError> {
    const DOING: &str = "tell the planner about columns";
    session.begin(Access::Read);
    let there = session.rows(
        "SELECT c.relname::text, a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
         WHERE pg_table_is_visible(c.oid) AND a.attoptions @> ARRAY[$1::text]",
        args![DISTINCT],
    )?;
    let there = there.iter().map(|row| {
        let row = Row::Postgres(row);
        Ok((row.text(0, "pg_class.relname")?, row.text(1, "pg_attribute.attname")?))
    });
    let there = there.collect::<Result<Vec<_>, DbError>>()?;
    session.roll_back()?;
    let is_missing =
        |hint: &&(&str, &str)| !there.iter().any(|(table, column)| (&**table, &**column) == **hint);
    let missing: Vec<_> = HINTED.iter().filter(is_missing).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let alter: Vec<_> = missing
        .iter()
        .map(|(table, column)| {
            format!("ALTER TABLE {table} ALTER COLUMN {column} SET ({DISTINCT})")
        })
        .collect();
    let alter = alter.join("; ");
    let batch = format!("BEGIN; SET LOCAL lock_timeout = '{LOCK_MAX}'; {alter}; COMMIT");
    session.batch(&batch, DOING).inspect_err(|_| {
        // A failed batch leaves its transaction open; the failure is reported.
        session.batch("ROLLBACK", DOING).ok();
    })?;
    missing.iter().try_for_each(|(table, _)| session.batch(&format!("ANALYZE {table}"), DOING))
}
