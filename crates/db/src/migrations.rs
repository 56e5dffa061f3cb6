//! The schema's history, one numbered file after the other; each engine brings its database to the newest.

use crate::DbError;

/// All migrations, oldest first. A released file is never edited: see `migrations/README.md`.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_registry_core.sql"),
    include_str!("../migrations/0002_identity.sql"),
    include_str!("../migrations/0003_deployment.sql"),
];

/// The migrations that a database with schema `found` still needs, with their numbers.
pub(crate) fn missing(found: i64) -> Result<impl Iterator<Item = (i64, &'static str)>, DbError> {
    let known = i64::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    if found > known {
        return Err(DbError::Newer { found, known });
    }
    let done =
        usize::try_from(found).map_err(|_| DbError::Corrupt { column: "schema_version.number" })?;
    Ok((1_i64..).zip(MIGRATIONS.iter().copied()).skip(done))
}
