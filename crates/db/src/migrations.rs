//! The schema's history, in numbered files. Each engine brings its database to the newest.

use crate::DbError;

/// All migrations, oldest first. A released file is never edited: see `migrations/README.md`.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_registry_core.sql"),
    include_str!("../migrations/0002_identity.sql"),
    include_str!("../migrations/0003_deployment.sql"),
    include_str!("../migrations/0004_moving.sql"),
    include_str!("../migrations/0005_policy_principals.sql"),
    include_str!("../migrations/0006_job_turns.sql"),
    include_str!("../migrations/0007_lifecycle.sql"),
    include_str!("../migrations/0008_tag_history.sql"),
    include_str!("../migrations/0009_archive_storage.sql"),
    include_str!("../migrations/0010_undo_window.sql"),
    include_str!("../migrations/0011_kms.sql"),
    include_str!("../migrations/0012_repository_keys.sql"),
    include_str!("../migrations/0013_scanning.sql"),
    include_str!("../migrations/0014_root_key.sql"),
    include_str!("../migrations/0015_rekey.sql"),
    include_str!("../migrations/0016_audit.sql"),
    include_str!("../migrations/0017_cve_scores.sql"),
    include_str!("../migrations/0018_pull_gate.sql"),
    include_str!("../migrations/0019_job_waits.sql"),
    include_str!("../migrations/0020_damaged_layers.sql"),
    include_str!("../migrations/0021_audit_trail.sql"),
    include_str!("../migrations/0022_events.sql"),
    include_str!("../migrations/0023_event_delivery.sql"),
    include_str!("../migrations/0024_creation_template.sql"),
    include_str!("../migrations/0025_event_rules.sql"),
    include_str!("../migrations/0026_pull_through_cache_rule.sql"),
    include_str!("../migrations/0027_upstream_fetch.sql"),
    include_str!("../migrations/0028_secret.sql"),
];

/// The migrations that a database with schema `found` still needs, with their numbers.
pub(crate) fn missing(found: i64) -> Result<impl Iterator<Item = (i64, &'static str)>, DbError> {
    let known = newest();
    if found > known {
        return Err(DbError::Newer { found, known });
    }
    let done =
        usize::try_from(found).map_err(|_| DbError::Corrupt { column: "schema_version.number" })?;
    Ok((1_i64..).zip(MIGRATIONS.iter().copied()).skip(done))
}

/// The newest schema that this program knows.
pub(crate) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).expect("a handful of migrations")
}

/// Checks that this is the newest schema, for callers that must not change it.
pub(crate) fn require_newest(found: i64) -> Result<(), DbError> {
    let known = newest();
    match found.cmp(&known) {
        std::cmp::Ordering::Less => Err(DbError::Older { found, known }),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(DbError::Newer { found, known }),
    }
}
