//! How the key of a repository is changed: see `operations`, `jobs/rekey_repository.rs`.

use names::{Digest, EncryptionKey, GrantId, RekeyStage, Timestamp};

use super::blob::BlobKey;
use super::repository::{RepositoryKey, join_grants, split_grants};
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A change of a repository's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rekey {
    /// The key before.
    pub from_key: EncryptionKey,
    /// The grants on it.
    pub kms_grants: Vec<GrantId>,
    /// The key from then on.
    pub to_key: EncryptionKey,
    /// What is being done.
    pub stage: RekeyStage,
    /// Where that continues.
    pub position: String,
    /// How many layers there were under another key.
    pub layers: u64,
    /// How many bytes they had.
    pub bytes: u64,
    /// How many of them are done.
    pub layers_done: u64,
    /// How many bytes those had.
    pub bytes_done: u64,
    /// For how many images the copies of manifests are done.
    pub images_done: u64,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it ended, if it did.
    pub ended_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Writes down a change of a repository's key, or how far it is.
    pub fn put_rekey(&mut self, repository: RepositoryKey, rekey: &Rekey) -> Result<(), DbError> {
        let Rekey { from_key, kms_grants, to_key, stage, position, layers, bytes, .. } = rekey;
        let Rekey { layers_done, bytes_done, images_done, begun_at, ended_at, .. } = rekey;
        self.send(
            "INSERT INTO repository_rekey (repository, from_key, kms_grants, to_key, stage, position,
                 layers, bytes, layers_done, bytes_done, images_done, begun_at, ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (repository) DO UPDATE SET from_key = excluded.from_key,
                 kms_grants = excluded.kms_grants, to_key = excluded.to_key, stage = excluded.stage,
                 position = excluded.position, layers = excluded.layers, bytes = excluded.bytes,
                 layers_done = excluded.layers_done, bytes_done = excluded.bytes_done,
                 images_done = excluded.images_done, begun_at = excluded.begun_at,
                 ended_at = excluded.ended_at",
            args![
                repository,
                from_key,
                join_grants(kms_grants).as_ref(),
                to_key,
                stage.as_str(),
                position,
                *layers,
                *bytes,
                *layers_done,
                *bytes_done,
                *images_done,
                *begun_at,
                *ended_at
            ],
        )
    }

    /// The last change of a repository's key.
    pub fn find_rekey(&mut self, repository: RepositoryKey) -> Result<Option<Rekey>, DbError> {
        self.row(
            "SELECT from_key, kms_grants, to_key, stage, position, layers, bytes, layers_done,
                    bytes_done, images_done, begun_at, ended_at
             FROM repository_rekey WHERE repository = $1",
            args![repository],
            read,
        )
    }

    /// Forgets it.
    pub(super) fn delete_rekey(&mut self, repository: RepositoryKey) -> Result<(), DbError> {
        self.send("DELETE FROM repository_rekey WHERE repository = $1", args![repository])
    }

    /// The layers of a repository that are not under this key, in order, with their sizes.
    pub fn list_layers_under_other_keys(
        &mut self,
        repository: RepositoryKey,
        key: &EncryptionKey,
        after: &str,
        limit: u32,
    ) -> Result<Vec<(Digest, BlobKey, u64)>, DbError> {
        self.rows(
            "SELECT a.digest, a.blob, b.size FROM repository_blob a JOIN blob b ON b.id = a.blob
             WHERE a.repository = $1 AND a.digest > $2 AND b.encryption_key <> $3
             ORDER BY a.digest LIMIT $4",
            args![repository, after, key, i64::from(limit)],
            |row| {
                let blob = BlobKey(row.int(1, "repository_blob.blob")?);
                Ok((row.word(0, "repository_blob.digest")?, blob, row.size(2, "blob.size")?))
            },
        )
    }

    /// Whether an upload of a repository is under another key.
    pub fn has_upload_under_another_key(
        &mut self,
        repository: RepositoryKey,
        key: &EncryptionKey,
    ) -> Result<bool, DbError> {
        self.row(
            "SELECT EXISTS (SELECT 1 FROM upload WHERE repository = $1 AND encryption_key <> $2)",
            args![repository, key],
            |row| row.int(0, "upload.encryption_key").map(|found| found != 0),
        )
        .map(|found| found.unwrap_or(false))
    }

    /// Lets a repository serve a digest from another blob than before.
    pub fn point_right(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
        blob: BlobKey,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE repository_blob SET blob = $3 WHERE repository = $1 AND digest = $2",
            args![repository, digest, blob],
        )
    }

    /// Changes under which key a repository is.
    pub fn put_repository_key(
        &mut self,
        repository: RepositoryKey,
        key: &EncryptionKey,
        grants: &[GrantId],
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE repository SET encryption = $2, encryption_key = $3, kms_grants = $4 WHERE id = $1",
            args![
                repository,
                key.encryption_type().as_str(),
                key,
                join_grants(grants).as_ref()
            ],
        )
    }
}

fn read(row: &Row<'_>) -> Result<Rekey, DbError> {
    Ok(Rekey {
        from_key: row.word(0, "repository_rekey.from_key")?,
        kms_grants: split_grants(row.maybe_text(1, "repository_rekey.kms_grants")?)?,
        to_key: row.word(2, "repository_rekey.to_key")?,
        stage: row.word(3, "repository_rekey.stage")?,
        position: row.text(4, "repository_rekey.position")?,
        layers: row.size(5, "repository_rekey.layers")?,
        bytes: row.size(6, "repository_rekey.bytes")?,
        layers_done: row.size(7, "repository_rekey.layers_done")?,
        bytes_done: row.size(8, "repository_rekey.bytes_done")?,
        images_done: row.size(9, "repository_rekey.images_done")?,
        begun_at: row.moment(10, "repository_rekey.begun_at")?,
        ended_at: row.maybe_moment(11, "repository_rekey.ended_at")?,
    })
}
