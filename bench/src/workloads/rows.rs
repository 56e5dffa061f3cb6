//! A million images in seconds: rows, made by the database itself.
//!
//! Pushing that many would take as long as the whole bench. The rows are those of a push, in number
//! and size; their manifests are zeros that are never pulled, and no layer hangs on them.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::Connection;

use crate::peers::Database;

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

/// The same in PostgreSQL, each image with its own layer, which is not in the store. The layers
/// have no lease, and count as condemned long ago: when their image is deleted, so are they,
/// without the hour of grace.
pub(super) fn add_images_with_layers(
    database: &Database,
    repository: &str,
    from: usize,
    to: usize,
) -> Result<()> {
    let numbers =
        format!("repository r, generate_series({from}, {to} - 1) n WHERE r.name = '{repository}'");
    let digest = |what: &str| {
        format!("'sha256:' || encode(sha256(convert_to('{what} ' || n, 'UTF8')), 'hex')")
    };
    let (image, layer) = (digest("image"), digest("layer"));
    // Above all that the server numbers itself.
    let id = "1000000000 + n";
    database.run(&[
        // Foreign keys hold by construction, and anything lost in a power cut is made again.
        "SET session_replication_role = replica",
        "SET synchronous_commit = off",
        &format!(
            "INSERT INTO image (id, repository, digest, media_type, size, status, tag_count, pushed_at,
                                manifest_size, manifest)
             SELECT {id}, r.id, {image}, 'application/vnd.oci.image.manifest.v1+json', 65536, 'ACTIVE', 1,
                    1700000000000000 + n, 600, decode(repeat('00', 600), 'hex')
             FROM {numbers}"
        ),
        &format!("INSERT INTO image_tag (repository, tag, image) SELECT r.id, 'v' || n, {id} FROM {numbers}"),
        &format!(
            "INSERT INTO blob (id, registry, encryption_key, digest, size, object, wrapped_key, condemned_at,
                               created_at)
             SELECT {id}, r.registry, r.encryption_key, {layer}, 65536,
                    encode(substr(sha256(convert_to('object ' || n, 'UTF8')), 1, 16), 'hex'),
                    decode(repeat('00', 60), 'hex'), 1700000000000000, 1700000000000000
             FROM {numbers}"
        ),
        &format!(
            "INSERT INTO repository_blob (repository, digest, blob, lease_until)
             SELECT r.id, {layer}, {id}, 1700000000000000 FROM {numbers}"
        ),
        &format!(
            "INSERT INTO image_blob (repository, digest, image) SELECT r.id, {layer}, {id} FROM {numbers}"
        ),
        // So that no sample meets the server doing it.
        "VACUUM (ANALYZE) image",
        "VACUUM (ANALYZE) image_tag",
        "VACUUM (ANALYZE) blob",
        "VACUUM (ANALYZE) repository_blob",
        "VACUUM (ANALYZE) image_blob",
        "CHECKPOINT",
    ])
}
