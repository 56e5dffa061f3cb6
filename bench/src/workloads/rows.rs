//! A million images in seconds: rows, made by the database itself.
//!
//! Pushing that many would take as long as the whole bench. The rows are those of a push, in number and
//! size; their manifests are zeros that nobody pulls, and no layer hangs on them.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::Connection;

/// Adds images `from..to` to a repository, each under the tag `v` and its number.
pub(super) fn add_images(data: &Path, repository: &str, from: usize, to: usize) -> Result<()> {
    let mut connection = Connection::open(data.join("longshore.sqlite"))?;
    connection.busy_timeout(Duration::from_secs(30))?;
    let tx = connection.transaction()?;
    let repository: i64 = tx
        .query_row("SELECT id FROM repository WHERE name = ?1", [repository], |row| row.get(0))
        .context("the repository has no row")?;
    let (from, to) = (i64::try_from(from)?, i64::try_from(to)?);
    tx.execute(
        "WITH RECURSIVE number (n) AS (SELECT ?2 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?3)
         INSERT INTO image (repository, digest, media_type, size, status, tag_count, pushed_at,
                            manifest_size, manifest)
         SELECT ?1, 'sha256:' || printf('%064x', n), 'application/vnd.oci.image.manifest.v1+json',
                65536, 'ACTIVE', 1, 1700000000000000 + n, 600, zeroblob(600)
         FROM number",
        (repository, from, to),
    )?;
    tx.execute(
        "INSERT INTO image_tag (repository, tag, image)
         SELECT repository, 'v' || (pushed_at - 1700000000000000), id FROM image
         WHERE repository = ?1 AND tag_count = 1 AND pushed_at < 1700100000000000",
        [repository],
    )?;
    Ok(tx.commit()?)
}
