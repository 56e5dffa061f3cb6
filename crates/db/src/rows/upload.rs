use names::{EncryptionKey, ObjectKey, RegistryId, RepositoryArn, Timestamp, UploadId, WrappedKey};

use super::repository::RepositoryKey;
use crate::value::{Row, args};
use crate::{DbError, Lookup, Tx};

/// An upload under way.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// The repository that it is for.
    pub repository: RepositoryKey,
    /// The key that wraps its data key.
    pub encryption_key: EncryptionKey,
    /// The object that it writes.
    pub object: ObjectKey,
    /// Its data key, wrapped.
    pub wrapped_key: WrappedKey,
    /// Its progress.
    pub progress: UploadProgress,
    /// Counts changes, so that of two writers one finds that it is late.
    pub version: i64,
}

/// The progress of an upload.
#[derive(Debug, Clone, Default)]
pub struct UploadProgress {
    /// Bytes received and durable.
    pub received_bytes: u64,
    /// The byte store's state, for continuing; empty before the first byte.
    pub parked: Vec<u8>,
    /// Parts received through `UploadLayerPart`.
    pub parts: u64,
    /// How long the last of them was.
    pub last_part_bytes: u64,
    /// Was one of them, but for the last, smaller than ECR allows?
    pub short_part: bool,
}

/// A new upload.
#[derive(Debug, Clone)]
pub struct NewUpload {
    /// Its id.
    pub id: UploadId,
    /// The repository that it is for.
    pub repository: RepositoryKey,
    /// The key that wraps its data key.
    pub encryption_key: EncryptionKey,
    /// The object that it will write.
    pub object: ObjectKey,
    /// Its data key, wrapped.
    pub wrapped_key: WrappedKey,
}

impl Upload {
    /// The upload with this id, if it is for the repository of this name: the first question of
    /// every request on it.
    pub fn by_id<'a>(arn: &'a RepositoryArn, id: &'a UploadId) -> Lookup<'a, Self> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT u.id, u.repository, u.encryption_key, u.object, u.wrapped_key, u.received,
                        u.parked, u.parts, u.last_part, u.short_part, u.version
                 FROM registry g JOIN repository p ON p.registry = g.id
                 JOIN upload u ON u.repository = p.id
                 WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL
                     AND u.id = $4",
            args: args![account, region, repository, id].to_vec(),
            read,
        }
    }
}

impl Tx<'_> {
    /// Begins an upload.
    pub fn insert_upload(&mut self, new: &NewUpload, now: Timestamp) -> Result<(), DbError> {
        let NewUpload { id, repository, encryption_key, object, wrapped_key } = new;
        self.send(
            "INSERT INTO upload (id, repository, encryption_key, object, wrapped_key, received,
                                 parked, version, parts, last_part, short_part,
                                 created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, 0, $6, 0, 0, 0, 0, $7, $7)",
            args![id, *repository, encryption_key, object, wrapped_key, &b""[..], now],
        )
    }

    /// The upload with this id, if it is for this repository.
    pub fn find_upload(
        &mut self,
        repository: RepositoryKey,
        id: &UploadId,
    ) -> Result<Option<Upload>, DbError> {
        self.row(
            "SELECT id, repository, encryption_key, object, wrapped_key, received, parked, parts,
                    last_part, short_part, version
             FROM upload WHERE repository = $1 AND id = $2",
            args![repository, id],
            read,
        )
    }

    /// When anything was last done to an upload, and the repository that it is for.
    pub fn find_upload_activity(
        &mut self,
        id: &UploadId,
    ) -> Result<Option<(RepositoryKey, Timestamp)>, DbError> {
        self.row("SELECT repository, updated_at FROM upload WHERE id = $1", args![id], |row| {
            let repository = RepositoryKey(row.int(0, "upload.repository")?);
            Ok((repository, row.moment(1, "upload.updated_at")?))
        })
    }

    /// Stores the progress of an upload; `false` if it has changed since `version`.
    pub fn put_upload_progress(
        &mut self,
        upload: &Upload,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let Upload { id, repository: _, encryption_key: _, object, wrapped_key, progress, version } =
            upload;
        let UploadProgress { received_bytes, parked, parts, last_part_bytes, short_part } =
            progress;
        let changed = self.execute(
            "UPDATE upload SET object = $3, wrapped_key = $4, received = $5, parked = $6, parts = $7,
                               last_part = $8, short_part = $9, updated_at = $10, version = version + 1
             WHERE id = $1 AND version = $2",
            args![
                id,
                *version,
                object,
                wrapped_key,
                *received_bytes,
                parked,
                *parts,
                *last_part_bytes,
                *short_part,
                now
            ],
        )?;
        Ok(changed == 1)
    }

    /// Notes that bytes are still arriving; `false` if the upload has changed or ended since
    /// `version`.
    pub fn renew_upload(
        &mut self,
        id: &UploadId,
        version: i64,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let renewed = self.execute(
            "UPDATE upload SET updated_at = $3 WHERE id = $1 AND version = $2",
            args![id, version, now],
        )?;
        Ok(renewed == 1)
    }

    /// Takes an upload over from its writer, whose next note will be of an older version. `false`
    /// if the upload has changed or ended since `version`.
    pub fn take_upload(
        &mut self,
        id: &UploadId,
        version: i64,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let taken = self.execute(
            "UPDATE upload SET version = version + 1, updated_at = $3 WHERE id = $1 AND version = $2",
            args![id, version, now],
        )?;
        Ok(taken == 1)
    }

    /// Ends an upload; `false` if it has changed or ended since `version`.
    pub fn delete_upload(&mut self, id: &UploadId, version: i64) -> Result<bool, DbError> {
        let deleted =
            self.execute("DELETE FROM upload WHERE id = $1 AND version = $2", args![id, version])?;
        Ok(deleted == 1)
    }

    /// Lists the uploads of all repositories in the order of their ids, for checks.
    pub fn list_all_uploads(
        &mut self,
        after: Option<&UploadId>,
        limit: u32,
    ) -> Result<Vec<Upload>, DbError> {
        self.rows(
            "SELECT id, repository, encryption_key, object, wrapped_key, received, parked, parts,
                    last_part, short_part, version
             FROM upload WHERE id > $1 ORDER BY id LIMIT $2",
            args![after.map_or("", UploadId::as_str), i64::from(limit)],
            read,
        )
    }

    /// Some uploads of a repository, for its erasure.
    pub fn list_uploads(
        &mut self,
        repository: RepositoryKey,
        limit: u32,
    ) -> Result<Vec<Upload>, DbError> {
        self.rows(
            "SELECT id, repository, encryption_key, object, wrapped_key, received, parked, parts,
                    last_part, short_part, version
             FROM upload WHERE repository = $1 LIMIT $2",
            args![repository, i64::from(limit)],
            read,
        )
    }
}

fn read(row: &Row<'_>) -> Result<Upload, DbError> {
    Ok(Upload {
        id: row.word(0, "upload.id")?,
        repository: RepositoryKey(row.int(1, "upload.repository")?),
        encryption_key: row.word(2, "upload.encryption_key")?,
        object: row.word(3, "upload.object")?,
        wrapped_key: WrappedKey::from_bytes(row.bytes(4, "upload.wrapped_key")?),
        progress: UploadProgress {
            received_bytes: row.size(5, "upload.received")?,
            parked: row.bytes(6, "upload.parked")?.to_vec(),
            parts: row.size(7, "upload.parts")?,
            last_part_bytes: row.size(8, "upload.last_part")?,
            short_part: row.int(9, "upload.short_part")? != 0,
        },
        version: row.int(10, "upload.version")?,
    })
}
