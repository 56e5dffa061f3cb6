use names::{Digest, ImageStatus, ImageTag, MediaType, Timestamp};

use super::image::ImageKey;
use super::repository::RepositoryKey;
use super::row_key;
use super::stored_total::Total;
use crate::value::{Row, args};
use crate::{DbError, Tx};

row_key! {
    /// The row of a deleted image.
    DeletedImageKey
}

/// Why an image is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeletionCause {
    /// A caller deleted it.
    Deleted,
    /// A lifecycle policy expired it.
    Expired,
}

impl DeletionCause {
    fn as_str(self) -> &'static str {
        match self {
            Self::Deleted => "DELETED",
            Self::Expired => "EXPIRED",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Deleted, Self::Expired].into_iter().find(|cause| cause.as_str() == text)
    }
}

/// An image that was deleted or expired, and can be restored.
#[derive(Debug, Clone)]
pub struct RestorableImage {
    /// Its row.
    pub key: DeletedImageKey,
    /// The digest of its manifest.
    pub digest: Digest,
    /// When it was deleted.
    pub deleted_at: Timestamp,
    /// Until when it can be restored.
    pub restorable_until: Timestamp,
    /// Why it is gone.
    pub cause: DeletionCause,
    /// The tags that pointed to it.
    pub tags: Vec<ImageTag>,
    /// The blobs that it held.
    pub layers: Vec<Digest>,
    /// The images that it held, if it is an index.
    pub children: Vec<Digest>,
    /// Bytes of its layers and configuration; of an index, the largest of its children.
    pub size_bytes: u64,
    /// Could it be pulled?
    pub status: ImageStatus,
    /// When its manifest was first pushed.
    pub pushed_at: Timestamp,
    /// The media type of its manifest.
    pub media_type: MediaType,
    /// `artifactType`, or the configuration's media type.
    pub artifact_type: Option<MediaType>,
    /// The digest that it refers to.
    pub subject: Option<Digest>,
}

/// An image that is about to be deleted.
#[derive(Debug)]
pub struct Deletion<'a> {
    /// The image.
    pub image: ImageKey,
    /// When it is deleted.
    pub deleted_at: Timestamp,
    /// Until when it can be restored.
    pub restorable_until: Timestamp,
    /// Why.
    pub cause: DeletionCause,
    /// The tags that point to it.
    pub tags: &'a [ImageTag],
    /// The blobs that it holds.
    pub layers: &'a [Digest],
    /// The images that it holds.
    pub children: &'a [Digest],
}

/// The columns of [`RestorableImage`], in the order in which [`read`] reads them.
const COLUMNS: &str = "d.id, d.digest, d.deleted_at, d.restorable_until, d.cause, d.tags, d.layers,
    d.children, d.size, d.status, d.pushed_at, d.media_type, d.artifact_type, d.subject";

impl Tx<'_> {
    /// Keeps an image, to be restored, that is about to be deleted. One of the same digest that was
    /// kept before must be forgotten first.
    pub fn keep_deleted_image(
        &mut self,
        deletion: &Deletion<'_>,
        size_bytes: u64,
    ) -> Result<DeletedImageKey, DbError> {
        let Deletion { image, deleted_at, restorable_until, cause, tags, layers, children } =
            deletion;
        let inserted = self.row(
            "INSERT INTO deleted_image (repository, digest, deleted_at, restorable_until, cause, tags,
                                        layers, children, media_type, artifact_type,
                                        config_media_type, size, subject, annotations, status,
                                        pushed_at, pulled_at, archived_at, activated_at,
                                        manifest_size, manifest)
             SELECT repository, digest, CAST($2 AS bigint), CAST($3 AS bigint), CAST($4 AS text),
                    CAST($5 AS text), CAST($6 AS text), CAST($7 AS text), media_type, artifact_type,
                    config_media_type, size, subject, annotations, status, pushed_at, pulled_at,
                    archived_at, activated_at, manifest_size, manifest
             FROM image WHERE id = $1 RETURNING id",
            args![
                *image,
                *deleted_at,
                *restorable_until,
                cause.as_str(),
                &joined(tags.iter().map(ImageTag::as_str)),
                &joined(layers.iter().map(Digest::as_str)),
                &joined(children.iter().map(Digest::as_str)),
            ],
            |row| row.int(0, "deleted_image.id").map(DeletedImageKey),
        )?;
        let key = inserted.ok_or(DbError::Corrupt { column: "image.id" })?;
        self.count_stored(Total::Restorable, key.0, 1, size_bytes)?;
        Ok(key)
    }

    /// A deleted image that is kept, in time or not.
    pub fn find_deleted_image(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<RestorableImage>, DbError> {
        self.row(
            &format!(
                "SELECT {COLUMNS} FROM deleted_image d WHERE d.repository = $1 AND d.digest = $2"
            ),
            args![repository, digest],
            read,
        )
    }

    /// Lists the deleted images of a repository that can be restored at this moment and were not
    /// pushed again, in the order of their deletion.
    pub fn list_restorable_images(
        &mut self,
        repository: RepositoryKey,
        now: Timestamp,
        after: Option<DeletedImageKey>,
        limit: u32,
    ) -> Result<Vec<RestorableImage>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM deleted_image d
                 WHERE d.repository = $1 AND d.id > $2 AND d.restorable_until > $3
                     AND NOT EXISTS (SELECT 1 FROM image i
                                     WHERE i.repository = d.repository AND i.digest = d.digest)
                 ORDER BY d.id LIMIT $4"
            ),
            args![repository, after.unwrap_or(DeletedImageKey(0)), now, i64::from(limit)],
            read,
        )
    }

    /// Some deleted images of a repository whose time is over, those first that ended first.
    pub fn list_ended_images(
        &mut self,
        repository: RepositoryKey,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<RestorableImage>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM deleted_image d
                 WHERE d.repository = $1 AND d.restorable_until <= $2
                 ORDER BY d.restorable_until LIMIT $3"
            ),
            args![repository, now, i64::from(limit)],
            read,
        )
    }

    /// When the time of the next deleted image of a repository is over.
    pub fn find_next_end(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<Timestamp>, DbError> {
        self.row(
            "SELECT restorable_until FROM deleted_image
             WHERE repository = $1 ORDER BY restorable_until LIMIT 1",
            args![repository],
            |row| row.moment(0, "deleted_image.restorable_until"),
        )
    }

    /// Lists the deleted images of all repositories, for checks.
    pub fn list_all_deleted_images(
        &mut self,
        after: Option<DeletedImageKey>,
        limit: u32,
    ) -> Result<Vec<(RepositoryKey, RestorableImage)>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS}, d.repository FROM deleted_image d
                 WHERE d.id > $1 ORDER BY d.id LIMIT $2"
            ),
            args![after.unwrap_or(DeletedImageKey(0)), i64::from(limit)],
            |row| Ok((RepositoryKey(row.int(14, "deleted_image.repository")?), read(row)?)),
        )
    }

    /// Makes a deleted image's row again, without tags and references. It is restored at this
    /// moment, as an image is that comes back from the archive; an archived one is archived again
    /// at this moment.
    pub fn insert_restored_image(
        &mut self,
        deleted: DeletedImageKey,
        now: Timestamp,
    ) -> Result<ImageKey, DbError> {
        let inserted = self.row(
            "INSERT INTO image (repository, digest, media_type, artifact_type, config_media_type, size,
                                subject, annotations, status, tag_count, pushed_at, pulled_at,
                                archived_at, activated_at, manifest_size, manifest)
             SELECT repository, digest, media_type, artifact_type, config_media_type, size, subject,
                    annotations, CASE WHEN status = 'ACTIVE' THEN 'ACTIVE' ELSE 'ARCHIVED' END, 0,
                    pushed_at, pulled_at,
                    CASE WHEN status = 'ACTIVE' THEN archived_at ELSE CAST($2 AS bigint) END,
                    CASE WHEN status = 'ACTIVE' THEN CAST($2 AS bigint) ELSE activated_at END,
                    manifest_size, manifest
             FROM deleted_image WHERE id = $1 RETURNING id",
            args![deleted, now],
            |row| row.int(0, "image.id").map(ImageKey),
        )?;
        inserted.ok_or(DbError::Corrupt { column: "deleted_image.id" })
    }

    /// Forgets a deleted image for good.
    pub fn forget_deleted_image(&mut self, image: &RestorableImage) -> Result<(), DbError> {
        self.send("DELETE FROM deleted_image WHERE id = $1", args![image.key])?;
        self.count_stored(Total::Restorable, image.key.0, -1, image.size_bytes)
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

fn split<T: std::str::FromStr>(text: &str, column: &'static str) -> Result<Vec<T>, DbError> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    words.map(|word| word.parse().map_err(|_| DbError::Corrupt { column })).collect()
}

fn read(row: &Row<'_>) -> Result<RestorableImage, DbError> {
    let cause = DeletionCause::parse(&row.text(4, "deleted_image.cause")?);
    Ok(RestorableImage {
        key: DeletedImageKey(row.int(0, "deleted_image.id")?),
        digest: row.word(1, "deleted_image.digest")?,
        deleted_at: row.moment(2, "deleted_image.deleted_at")?,
        restorable_until: row.moment(3, "deleted_image.restorable_until")?,
        cause: cause.ok_or(DbError::Corrupt { column: "deleted_image.cause" })?,
        tags: split(&row.text(5, "deleted_image.tags")?, "deleted_image.tags")?,
        layers: split(&row.text(6, "deleted_image.layers")?, "deleted_image.layers")?,
        children: split(&row.text(7, "deleted_image.children")?, "deleted_image.children")?,
        size_bytes: row.size(8, "deleted_image.size")?,
        status: row.word(9, "deleted_image.status")?,
        pushed_at: row.moment(10, "deleted_image.pushed_at")?,
        media_type: row.word(11, "deleted_image.media_type")?,
        artifact_type: row.maybe_word(12, "deleted_image.artifact_type")?,
        subject: row.maybe_word(13, "deleted_image.subject")?,
    })
}
