use names::{Digest, EncryptionKey, ObjectKey, StorageClass, Timestamp, WrappedKey};

use super::registry::RegistryKey;
use super::row_key;
use super::stored_total::Total;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

row_key! {
    /// The row of a blob.
    BlobKey
}

/// Bytes that a registry holds, once per encryption key.
#[derive(Debug, Clone)]
pub struct Blob {
    /// Its row.
    pub key: BlobKey,
    /// The digest of its bytes.
    pub digest: Digest,
    /// How many bytes.
    pub size_bytes: u64,
    /// The object that holds the bytes.
    pub object: ObjectKey,
    /// The key that they are encrypted with, wrapped.
    pub wrapped_key: WrappedKey,
    /// The key that wraps it.
    pub encryption_key: EncryptionKey,
    /// Since when nothing refers to it; `None` while something does.
    pub condemned_at: Option<Timestamp>,
    /// Where the object is.
    pub storage_class: StorageClass,
    /// Since when the object is known to be damaged or missing; `None` if it is not.
    pub damaged_at: Option<Timestamp>,
}

impl Blob {
    /// Whether a push may rely on the object: it is in the store, and not known to be damaged.
    pub fn is_at_hand(&self) -> bool {
        self.storage_class == StorageClass::Standard && self.damaged_at.is_none()
    }
}

/// A blob to be written down.
#[derive(Debug, Clone)]
pub struct NewBlob {
    /// The registry that holds it.
    pub registry: RegistryKey,
    /// The key that wraps its data key.
    pub encryption_key: EncryptionKey,
    /// The digest of its bytes.
    pub digest: Digest,
    /// How many bytes.
    pub size_bytes: u64,
    /// The object that holds the bytes.
    pub object: ObjectKey,
    /// Their data key, wrapped.
    pub wrapped_key: WrappedKey,
}

impl Tx<'_> {
    /// Inserts a blob whose object is in the store.
    pub fn insert_blob(&mut self, new: &NewBlob, now: Timestamp) -> Result<BlobKey, DbError> {
        let NewBlob { registry, encryption_key, digest, size_bytes, object, wrapped_key } = new;
        let inserted = self.row(
            "INSERT INTO blob (registry, encryption_key, digest, size, object, wrapped_key, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            args![*registry, encryption_key, digest, *size_bytes, object, wrapped_key, now],
            |row| row.int(0, "blob.id").map(BlobKey),
        )?;
        let key = inserted.ok_or(DbError::Corrupt { column: "blob.id" })?;
        self.count_stored(Total::Standard, key.0, 1, *size_bytes)?;
        Ok(key)
    }

    /// The blob with this digest under this key.
    pub fn find_blob(
        &mut self,
        registry: RegistryKey,
        encryption_key: &EncryptionKey,
        digest: &Digest,
    ) -> Result<Option<Blob>, DbError> {
        self.row(
            "SELECT id, digest, size, object, wrapped_key, encryption_key, condemned_at, storage_class,
                    damaged_at
             FROM blob
             WHERE registry = $1 AND encryption_key = $2 AND digest = $3",
            args![registry, encryption_key, digest],
            read,
        )
    }

    /// The blob of this row.
    pub fn find_blob_by_key(&mut self, blob: BlobKey) -> Result<Option<Blob>, DbError> {
        let found = self.find_blobs_by_key(&[blob])?;
        Ok(found.into_iter().next().flatten())
    }

    /// The blob of each of these rows, in their order; `None` for one that is gone.
    pub fn find_blobs_by_key(&mut self, blobs: &[BlobKey]) -> Result<Vec<Option<Blob>>, DbError> {
        let each: Vec<_> = blobs.iter().map(|blob| [Value::from(*blob)]).collect();
        self.row_of_each(
            "SELECT id, digest, size, object, wrapped_key, encryption_key, condemned_at, storage_class,
                    damaged_at
             FROM blob
             WHERE id = $1",
            &as_slices(&each),
            read,
        )
    }

    /// Lists all blobs in the order of their rows, for checks.
    pub fn list_blobs(&mut self, after: Option<BlobKey>, limit: u32) -> Result<Vec<Blob>, DbError> {
        self.rows(
            "SELECT id, digest, size, object, wrapped_key, encryption_key, condemned_at, storage_class,
                    damaged_at
             FROM blob
             WHERE id > $1 ORDER BY id LIMIT $2",
            args![after.unwrap_or(BlobKey(0)), i64::from(limit)],
            read,
        )
    }

    /// Notes that nothing refers to a blob any more.
    pub fn condemn_blob(&mut self, blob: BlobKey, now: Timestamp) -> Result<(), DbError> {
        self.send("UPDATE blob SET condemned_at = $2 WHERE id = $1", args![blob, now])
    }

    /// Removes that note.
    pub fn revive_blob(&mut self, blob: BlobKey) -> Result<(), DbError> {
        self.send("UPDATE blob SET condemned_at = NULL WHERE id = $1", args![blob])
    }

    /// Forgets a blob, and what its bytes say.
    pub fn delete_blob(&mut self, blob: &Blob) -> Result<(), DbError> {
        self.send("DELETE FROM layer_facts WHERE blob = $1", args![blob.key])?;
        self.send("DELETE FROM blob WHERE id = $1", args![blob.key])?;
        self.count_stored(Total::of(blob.storage_class), blob.key.0, -1, blob.size_bytes)
    }

    /// Whether any row needs this object: as a blob's bytes, an upload's, or a record.
    pub fn object_is_needed(&mut self, object: &ObjectKey) -> Result<bool, DbError> {
        self.row(
            "SELECT EXISTS (SELECT 1 FROM blob WHERE object = $1)
                 OR EXISTS (SELECT 1 FROM upload WHERE object = $1)
                 OR EXISTS (SELECT 1 FROM image_record WHERE object = $1)",
            args![object],
            |row| row.int(0, "blob.object").map(|needed| needed != 0),
        )
        .map(|needed| needed.unwrap_or(false))
    }

    /// Whether any row names this object: as a blob's bytes, an upload's, or a record, or as a job
    /// that deletes it.
    pub fn object_is_known(&mut self, object: &ObjectKey) -> Result<bool, DbError> {
        self.row(
            "SELECT EXISTS (SELECT 1 FROM blob WHERE object = $1)
                 OR EXISTS (SELECT 1 FROM upload WHERE object = $1)
                 OR EXISTS (SELECT 1 FROM image_record WHERE object = $1)
                 OR EXISTS (SELECT 1 FROM job WHERE name = 'record_image' AND subject = $1)
                 OR EXISTS (SELECT 1 FROM job WHERE name = 'delete_object' AND subject = $1)",
            args![object],
            |row| row.int(0, "blob.object").map(|known| known != 0),
        )
        .map(|known| known.unwrap_or(false))
    }
}

pub(super) fn read(row: &Row<'_>) -> Result<Blob, DbError> {
    let storage_class = row.maybe_word(7, "blob.storage_class")?;
    Ok(Blob {
        key: BlobKey(row.int(0, "blob.id")?),
        digest: row.word(1, "blob.digest")?,
        size_bytes: row.size(2, "blob.size")?,
        object: row.word(3, "blob.object")?,
        wrapped_key: WrappedKey::from_bytes(row.bytes(4, "blob.wrapped_key")?),
        encryption_key: row.word(5, "blob.encryption_key")?,
        condemned_at: row.maybe_moment(6, "blob.condemned_at")?,
        storage_class: storage_class.unwrap_or(StorageClass::Standard),
        damaged_at: row.maybe_moment(8, "blob.damaged_at")?,
    })
}
