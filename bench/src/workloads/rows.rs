//! A million images in seconds: rows, made by the database itself.
//!
//! Pushing that many would take as long as the whole bench. The rows are those of a push, in number
//! and size; their manifests are zeros that are never pulled, and no layer hangs on them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, Transaction};
use sha2::{Digest as _, Sha256};

use crate::peers::{Database, Peer};

/// Above all rows that the server numbers itself.
const FIRST_ID: i64 = 1_000_000_000;

/// What an object has that is only there to be deleted.
const OBJECT: [u8; 4096] = [0; 4096];

/// Adds images `from..to` to a repository, each under the tag `v` and its number.
pub(super) fn add_images(data: &Path, repository: &str, from: usize, to: usize) -> Result<()> {
    let mut connection = open(data)?;
    let tx = connection.transaction()?;
    let repository = id_of(&tx, repository)?;
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
    let id = format!("{FIRST_ID} + n");
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

/// Adds images `0..count` that were pushed just now.
pub(super) fn add_images_that_stay(peer: &Peer, repository: &str, count: usize) -> Result<()> {
    if let Some(database) = peer.database() {
        add_images_with_layers(database, repository, 0, count)?;
        return database.run(&[
            "UPDATE image SET pushed_at = (extract(epoch FROM now()) * 1000000)::bigint
             WHERE id >= 1000000000",
            "VACUUM (ANALYZE) image",
        ]);
    }
    let data = peer.data().context("the server has no rows to add to")?;
    add_images(&data, repository, 0, count)?;
    let (mut connection, now) = (open(&data)?, jiff::Timestamp::now().as_microsecond());
    let tx = connection.transaction()?;
    let repository = id_of(&tx, repository)?;
    tx.execute("UPDATE image SET pushed_at = ?2 WHERE repository = ?1", (repository, now))?;
    Ok(tx.commit()?)
}

/// Adds images `from..to` that were pushed long ago, each with its own layer, of which a small
/// object is in the store. When an image is deleted, so is its layer, without a lease or a grace.
pub(super) fn add_images_to_sweep(
    peer: &Peer,
    repository: &str,
    from: usize,
    to: usize,
) -> Result<()> {
    match (peer.database(), peer.data()) {
        (Some(database), _) => add_images_with_layers(database, repository, from, to)?,
        (None, Some(data)) => add_images_with_layers_to_folder(&data, repository, from, to)?,
        (None, None) => anyhow::bail!("the server has no rows to add to"),
    }
    for number in from..to {
        let file = peer.object_file(&object(number)).context("the server has no objects")?;
        fs::create_dir_all(file.parent().context("an object is in a folder")?)?;
        fs::write(file, OBJECT)?;
    }
    Ok(())
}

/// Makes every lifecycle policy due.
pub(super) fn make_policies_due(peer: &Peer) -> Result<()> {
    const SQL: &str = "UPDATE job SET due_at = 0 WHERE name = 'apply_lifecycle_policy'";
    if let Some(database) = peer.database() {
        return database.run(&[SQL]);
    }
    let data = peer.data().context("the server has no rows")?;
    Ok(open(&data)?.execute(SQL, []).map(drop)?)
}

fn add_images_with_layers_to_folder(
    data: &Path,
    repository: &str,
    from: usize,
    to: usize,
) -> Result<()> {
    let mut connection = open(data)?;
    let tx = connection.transaction()?;
    let repository = id_of(&tx, repository)?;
    let (from, to) = (i64::try_from(from)?, i64::try_from(to)?);
    for number in from..to {
        let of = |what: &str| format!("sha256:{}", sha256(&format!("{what} {number}")));
        let (image, layer) = (of("image"), of("layer"));
        let (id, pushed_at) = (FIRST_ID + number, 1_700_000_000_000_000 + number);
        tx.prepare_cached(
            "INSERT INTO image (id, repository, digest, media_type, size, status, tag_count, pushed_at,
                                manifest_size, manifest)
             VALUES (?1, ?2, ?3, 'application/vnd.oci.image.manifest.v1+json', 65536, 'ACTIVE', 1, ?4,
                     600, zeroblob(600))",
        )?
        .execute((id, repository, image, pushed_at))?;
        tx.prepare_cached("INSERT INTO image_tag (repository, tag, image) VALUES (?1, ?2, ?3)")?
            .execute((repository, format!("v{number}"), id))?;
        tx.prepare_cached(
            "INSERT INTO blob (id, registry, encryption_key, digest, size, object, wrapped_key, condemned_at,
                               created_at)
             SELECT ?1, registry, encryption_key, ?3, 65536, ?4, zeroblob(60), ?5, ?5
             FROM repository WHERE id = ?2",
        )?
        .execute((id, repository, &layer, object(usize::try_from(number)?), pushed_at))?;
        tx.prepare_cached(
            "INSERT INTO repository_blob (repository, digest, blob, lease_until) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((repository, &layer, id, pushed_at))?;
        tx.prepare_cached(
            "INSERT INTO image_blob (repository, digest, image) VALUES (?1, ?2, ?3)",
        )?
        .execute((repository, &layer, id))?;
    }
    Ok(tx.commit()?)
}

fn open(data: &Path) -> Result<Connection> {
    let connection = Connection::open(data.join("longshore.sqlite"))?;
    connection.busy_timeout(Duration::from_secs(30))?;
    Ok(connection)
}

fn id_of(tx: &Transaction<'_>, repository: &str) -> Result<i64> {
    tx.query_row("SELECT id FROM repository WHERE name = ?1", [repository], |row| row.get(0))
        .context("the repository has no row")
}

/// The object of the layer with this number, under the same name in every database.
fn object(number: usize) -> String {
    sha256(&format!("object {number}"))[..32].to_owned()
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
