//! Where the bytes of blobs are: in the store, or in the archive storage.

use names::{Digest, ObjectKey, StorageClass, Timestamp, WrappedKey};

use super::blob::{self, Blob, BlobKey};
use super::image::ImageKey;
use super::stored_total::Total;
use crate::value::args;
use crate::{DbError, Tx};

/// What decides where a blob belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobNeed {
    /// Whether any image of the registry refers to it.
    pub is_held: bool,
    /// Whether one of them can be pulled, or is being restored.
    pub is_needed: bool,
    /// Until when a client may rely on it.
    pub lease_until: Option<Timestamp>,
}

impl Tx<'_> {
    /// What decides where a blob belongs.
    pub fn find_blob_need(&mut self, blob: BlobKey) -> Result<BlobNeed, DbError> {
        let found = self.row(
            "SELECT (SELECT MAX(a.lease_until) FROM repository_blob a WHERE a.blob = $1),
                    EXISTS (SELECT 1 FROM repository_blob a
                            JOIN image_blob i ON i.repository = a.repository AND i.digest = a.digest
                            WHERE a.blob = $1),
                    EXISTS (SELECT 1 FROM repository_blob a
                            JOIN image_blob i ON i.repository = a.repository AND i.digest = a.digest
                            JOIN image m ON m.id = i.image
                            WHERE a.blob = $1 AND m.status <> 'ARCHIVED')",
            args![blob],
            |row| {
                Ok(BlobNeed {
                    lease_until: row.maybe_moment(0, "repository_blob.lease_until")?,
                    is_held: row.int(1, "image_blob")? != 0,
                    is_needed: row.int(2, "image.status")? != 0,
                })
            },
        )?;
        found.ok_or(DbError::Corrupt { column: "repository_blob.blob" })
    }

    /// Points a blob at another object, in the same place or in the other, that is not damaged.
    pub fn move_blob(
        &mut self,
        blob: &Blob,
        object: &ObjectKey,
        wrapped_key: &WrappedKey,
        to: StorageClass,
    ) -> Result<(), DbError> {
        let class = (to == StorageClass::Archive).then_some(to.as_str());
        self.send(
            "UPDATE blob SET object = $2, wrapped_key = $3, storage_class = $4, damaged_at = NULL
             WHERE id = $1",
            args![blob.key, object, wrapped_key, class],
        )?;
        self.count_stored(Total::of(blob.storage_class), blob.key.0, -1, blob.size_bytes)?;
        self.count_stored(Total::of(to), blob.key.0, 1, blob.size_bytes)
    }

    /// Notes that the object of a blob is damaged or missing. Returns the blob's digest, if it was
    /// not known; `None` also if the object is no blob's.
    pub fn note_damage(
        &mut self,
        object: &ObjectKey,
        now: Timestamp,
    ) -> Result<Option<Digest>, DbError> {
        self.row(
            "UPDATE blob SET damaged_at = $2 WHERE object = $1 AND damaged_at IS NULL
             RETURNING digest",
            args![object, now],
            |row| row.word(0, "blob.digest"),
        )
    }

    /// Removes that note: the object was read, and is what was written.
    pub fn forget_damage(&mut self, object: &ObjectKey) -> Result<(), DbError> {
        self.send("UPDATE blob SET damaged_at = NULL WHERE object = $1", args![object])
    }

    /// The blobs of an image that are in the archive storage.
    pub fn list_archived_blobs(&mut self, image: ImageKey) -> Result<Vec<BlobKey>, DbError> {
        self.rows(
            "SELECT b.id FROM image_blob i
             JOIN repository_blob a ON a.repository = i.repository AND a.digest = i.digest
             JOIN blob b ON b.id = a.blob
             WHERE i.image = $1 AND b.storage_class IS NOT NULL",
            args![image],
            |row| row.int(0, "blob.id").map(BlobKey),
        )
    }

    /// The blobs of an image.
    pub fn list_blobs_of_image(&mut self, image: ImageKey) -> Result<Vec<BlobKey>, DbError> {
        self.rows(
            "SELECT a.blob FROM image_blob i
             JOIN repository_blob a ON a.repository = i.repository AND a.digest = i.digest
             WHERE i.image = $1",
            args![image],
            |row| row.int(0, "repository_blob.blob").map(BlobKey),
        )
    }

    /// Some blobs that are in the archive storage.
    pub fn find_some_archived_blobs(&mut self, limit: u32) -> Result<Vec<Blob>, DbError> {
        self.rows(
            "SELECT id, digest, size, object, wrapped_key, encryption_key, condemned_at, storage_class,
                    damaged_at
             FROM blob WHERE storage_class = 'ARCHIVE' ORDER BY id LIMIT $1",
            args![i64::from(limit)],
            blob::read,
        )
    }

    /// Notes that the objects of all blobs are in the store.
    pub fn put_all_blobs_in_store(&mut self) -> Result<(), DbError> {
        self.send("UPDATE blob SET storage_class = NULL WHERE storage_class = 'ARCHIVE'", args![])
    }
}

impl Total {
    /// The total of the blobs in a place.
    pub fn of(class: StorageClass) -> Self {
        match class {
            StorageClass::Standard => Self::Standard,
            StorageClass::Archive => Self::Archive,
        }
    }
}
