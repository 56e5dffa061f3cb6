use names::{Digest, ImageStatus, MediaType};

use super::image::{ImageKey, of_repository};
use super::repository::RepositoryKey;
use crate::value::{Value, args, as_slices};
use crate::{DbError, Tx};

/// An image that refers to another, before it is read whole.
#[derive(Debug, Clone)]
pub struct ListedReferrer {
    /// Its row, which orders the list.
    pub key: ImageKey,
    /// `artifactType`, or the configuration's media type.
    pub artifact_type: Option<MediaType>,
    /// Can it be pulled?
    pub status: ImageStatus,
    /// How long its annotations are.
    pub annotations_bytes: u64,
}

/// An image that refers to another.
#[derive(Debug, Clone)]
pub struct Referrer {
    /// Its row, which orders the list.
    pub key: ImageKey,
    /// Its digest.
    pub digest: Digest,
    /// The media type of its manifest.
    pub media_type: MediaType,
    /// How long its manifest is.
    pub manifest_size_bytes: u64,
    /// `artifactType`, or the configuration's media type.
    pub artifact_type: Option<MediaType>,
    /// The manifest's annotations, as a JSON object.
    pub annotations: Option<String>,
    /// Can it be pulled?
    pub status: ImageStatus,
}

impl Tx<'_> {
    /// Lists images that refer to `subject`, in the order of their pushes: enough to decide whether
    /// one is wanted, and how long it would be.
    pub fn list_referrers(
        &mut self,
        repository: RepositoryKey,
        subject: &Digest,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<Vec<ListedReferrer>, DbError> {
        self.rows(
            "SELECT id, artifact_type, status,
                    CAST(coalesce(octet_length(annotations), 0) AS BIGINT)
             FROM image WHERE repository = $1 AND subject = $2 AND id > $3 ORDER BY id LIMIT $4",
            args![repository, subject, after.unwrap_or(ImageKey(0)), i64::from(limit)],
            |row| {
                Ok(ListedReferrer {
                    key: ImageKey(row.int(0, "image.id")?),
                    artifact_type: row.maybe_word(1, "image.artifact_type")?,
                    status: row.word(2, "image.status")?,
                    annotations_bytes: row.size(3, "image.annotations")?,
                })
            },
        )
    }

    /// Whether any image refers to each of these, in their order.
    pub fn have_referrers(
        &mut self,
        repository: RepositoryKey,
        subjects: &[&Digest],
    ) -> Result<Vec<bool>, DbError> {
        let found = self.row_of_each(
            "SELECT 1 FROM image WHERE repository = $1 AND subject = $2 LIMIT 1",
            &as_slices(&of_repository(repository, subjects)),
            |_| Ok(()),
        )?;
        Ok(found.iter().map(Option::is_some).collect())
    }

    /// These referrers, in their order; `None` for one that is gone.
    pub fn find_referrers(
        &mut self,
        images: &[ImageKey],
    ) -> Result<Vec<Option<Referrer>>, DbError> {
        let each: Vec<_> = images.iter().map(|image| [Value::from(*image)]).collect();
        self.row_of_each(
            "SELECT id, digest, media_type, manifest_size, artifact_type, annotations, status
             FROM image WHERE id = $1",
            &as_slices(&each),
            |row| {
                Ok(Referrer {
                    key: ImageKey(row.int(0, "image.id")?),
                    digest: row.word(1, "image.digest")?,
                    media_type: row.word(2, "image.media_type")?,
                    manifest_size_bytes: row.size(3, "image.manifest_size")?,
                    artifact_type: row.maybe_word(4, "image.artifact_type")?,
                    annotations: row.maybe_text(5, "image.annotations")?,
                    status: row.word(6, "image.status")?,
                })
            },
        )
    }
}
