use names::{Digest, ImageStatus, ImageTag, MediaType, Timestamp};

use super::repository::RepositoryKey;
use super::row_key;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

row_key! {
    /// The row of an image.
    ImageKey
}

/// An image, without its manifest.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its row.
    pub key: ImageKey,
    /// The digest of its manifest.
    pub digest: Digest,
    /// The media type of its manifest.
    pub media_type: MediaType,
    /// `artifactType`, or the configuration's media type.
    pub artifact_type: Option<MediaType>,
    /// The media type of its configuration.
    pub config_media_type: Option<MediaType>,
    /// Bytes of its layers and configuration; of an index, the largest of its children.
    pub size_bytes: u64,
    /// The digest that it refers to.
    pub subject: Option<Digest>,
    /// Can it be pulled?
    pub status: ImageStatus,
    /// How many tags point to it.
    pub tag_count: u64,
    /// When its manifest was first pushed.
    pub pushed_at: Timestamp,
    /// When it was last pulled, as far as recorded.
    pub pulled_at: Option<Timestamp>,
    /// When it last moved to the archive.
    pub archived_at: Option<Timestamp>,
    /// When it last came back from the archive.
    pub activated_at: Option<Timestamp>,
    /// Was it ever to be scanned?
    pub has_scans: bool,
}

/// An image to be written down.
#[derive(Debug, Clone)]
pub struct NewImage {
    /// The repository that holds it.
    pub repository: RepositoryKey,
    /// The digest of its manifest.
    pub digest: Digest,
    /// The media type of its manifest.
    pub media_type: MediaType,
    /// `artifactType`, or the configuration's media type.
    pub artifact_type: Option<MediaType>,
    /// The media type of its configuration.
    pub config_media_type: Option<MediaType>,
    /// Bytes of its layers and configuration; of an index, the largest of its children.
    pub size_bytes: u64,
    /// The digest that it refers to.
    pub subject: Option<Digest>,
    /// The manifest's annotations, as a JSON object.
    pub annotations: Option<String>,
    /// The exact bytes that were pushed.
    pub manifest: Vec<u8>,
}

/// The columns of [`Image`], in the order in which [`read`] reads them.
pub(super) const COLUMNS: &str =
    "i.id, i.digest, i.media_type, i.artifact_type, i.config_media_type, i.size,
    i.subject, i.status, i.tag_count, i.pushed_at, i.pulled_at, i.archived_at, i.activated_at,
    (SELECT count(*) FROM image_scan s WHERE s.image = i.id)";

impl Tx<'_> {
    /// Writes down an image.
    pub fn insert_image(&mut self, new: &NewImage, now: Timestamp) -> Result<ImageKey, DbError> {
        let NewImage {
            repository,
            digest,
            media_type,
            artifact_type,
            config_media_type,
            size_bytes,
            subject,
            annotations,
            manifest,
        } = new;
        self.row(
            "INSERT INTO image (repository, digest, media_type, artifact_type, config_media_type,
                                size, subject, annotations, status, tag_count, pushed_at,
                                manifest_size, manifest)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'ACTIVE', 0, $9, $10, $11) RETURNING id",
            args![
                *repository,
                digest,
                media_type,
                artifact_type.as_ref(),
                config_media_type.as_ref(),
                *size_bytes,
                subject.as_ref(),
                annotations.as_ref(),
                now,
                manifest.len() as u64,
                manifest
            ],
            |row| row.int(0, "image.id").map(ImageKey),
        )?
        .ok_or(DbError::Corrupt { column: "image.id" })
    }

    /// Notes that an image holds a blob.
    pub fn insert_image_blob(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
        image: ImageKey,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO image_blob (repository, digest, image) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            args![repository, digest, image],
        )
    }

    /// Notes that an index holds a child.
    pub fn insert_image_child(
        &mut self,
        repository: RepositoryKey,
        child: &Digest,
        parent: ImageKey,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO image_child (repository, child, parent) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            args![repository, child, parent],
        )
    }

    /// The image with this digest.
    pub fn find_image(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<Image>, DbError> {
        let found = self.find_images(repository, &[digest])?;
        Ok(found.into_iter().next().flatten())
    }

    /// The image with each of these digests, in their order.
    pub fn find_images(
        &mut self,
        repository: RepositoryKey,
        digests: &[&Digest],
    ) -> Result<Vec<Option<Image>>, DbError> {
        self.row_of_each(
            &format!("SELECT {COLUMNS} FROM image i WHERE i.repository = $1 AND i.digest = $2"),
            &as_slices(&of_repository(repository, digests)),
            read,
        )
    }

    /// The image that this tag points to.
    pub fn find_image_by_tag(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
    ) -> Result<Option<Image>, DbError> {
        self.row(
            &format!(
                "SELECT {COLUMNS} FROM image_tag t JOIN image i ON i.id = t.image
                 WHERE t.repository = $1 AND t.tag = $2"
            ),
            args![repository, tag],
            read,
        )
    }

    /// The size of each of these images of a repository, in their order; `None` for one that it
    /// does not have.
    pub fn find_image_sizes(
        &mut self,
        repository: RepositoryKey,
        digests: &[&Digest],
    ) -> Result<Vec<Option<u64>>, DbError> {
        self.row_of_each(
            "SELECT size FROM image WHERE repository = $1 AND digest = $2",
            &as_slices(&of_repository(repository, digests)),
            |row| row.size(0, "image.size"),
        )
    }

    /// The exact bytes of an image's manifest.
    pub fn find_manifest(&mut self, image: ImageKey) -> Result<Option<Vec<u8>>, DbError> {
        self.row("SELECT manifest FROM image WHERE id = $1", args![image], |row| {
            row.bytes(0, "image.manifest").map(<[u8]>::to_vec)
        })
    }

    /// Digests of the indexes that hold this image.
    pub fn list_parents(
        &mut self,
        repository: RepositoryKey,
        child: &Digest,
        limit: u32,
    ) -> Result<Vec<Digest>, DbError> {
        let parents = self.list_parents_of_each(repository, &[child], limit)?;
        Ok(parents.into_iter().flatten().collect())
    }

    /// The same for each of these images.
    pub fn list_parents_of_each(
        &mut self,
        repository: RepositoryKey,
        children: &[&Digest],
        limit: u32,
    ) -> Result<Vec<Vec<Digest>>, DbError> {
        let limit = Value::from(i64::from(limit));
        let each: Vec<[Value<'_>; 3]> =
            children.iter().map(|child| [repository.into(), (*child).into(), limit]).collect();
        self.rows_of_each(
            "SELECT i.digest FROM image_child c JOIN image i ON i.id = c.parent
             WHERE c.repository = $1 AND c.child = $2 ORDER BY c.parent LIMIT $3",
            &as_slices(&each),
            |row| row.word(0, "image.digest"),
        )
    }

    /// Digests of the images that an index holds.
    pub fn list_children(&mut self, parent: ImageKey) -> Result<Vec<Digest>, DbError> {
        self.rows("SELECT child FROM image_child WHERE parent = $1", args![parent], |row| {
            row.word(0, "image_child.child")
        })
    }

    /// Digests of the blobs that an image holds.
    pub fn list_image_blobs(&mut self, image: ImageKey) -> Result<Vec<Digest>, DbError> {
        let blobs = self.list_blobs_of_each(&[image])?;
        Ok(blobs.into_iter().flatten().collect())
    }

    /// The same for each of these images.
    pub fn list_blobs_of_each(&mut self, images: &[ImageKey]) -> Result<Vec<Vec<Digest>>, DbError> {
        let each: Vec<_> = images.iter().map(|image| [Value::from(*image)]).collect();
        self.rows_of_each(
            "SELECT digest FROM image_blob WHERE image = $1",
            &as_slices(&each),
            |row| row.word(0, "image_blob.digest"),
        )
    }

    /// Whether the repository holds any image.
    pub fn repository_has_images(&mut self, repository: RepositoryKey) -> Result<bool, DbError> {
        self.row("SELECT 1 FROM image WHERE repository = $1 LIMIT 1", args![repository], |_| Ok(()))
            .map(|found| found.is_some())
    }

    /// Corrects the size of an index that was written down before its children.
    pub fn put_image_size(&mut self, image: ImageKey, size_bytes: u64) -> Result<(), DbError> {
        self.send("UPDATE image SET size = $2 WHERE id = $1", args![image, size_bytes])
    }

    /// Deletes an image's row and its references. Its tags, records and scans must be gone.
    pub fn delete_image(&mut self, image: ImageKey) -> Result<(), DbError> {
        self.send("DELETE FROM image_blob WHERE image = $1", args![image])?;
        self.send("DELETE FROM image_child WHERE parent = $1", args![image])?;
        self.send("DELETE FROM image WHERE id = $1", args![image])
    }
}

pub(super) fn of_repository<'a>(
    repository: RepositoryKey,
    digests: &[&'a Digest],
) -> Vec<[Value<'a>; 2]> {
    digests.iter().map(|digest| [repository.into(), (*digest).into()]).collect()
}

pub(super) fn read(row: &Row<'_>) -> Result<Image, DbError> {
    Ok(Image {
        key: ImageKey(row.int(0, "image.id")?),
        digest: row.word(1, "image.digest")?,
        media_type: row.word(2, "image.media_type")?,
        artifact_type: row.maybe_word(3, "image.artifact_type")?,
        config_media_type: row.maybe_word(4, "image.config_media_type")?,
        size_bytes: row.size(5, "image.size")?,
        subject: row.maybe_word(6, "image.subject")?,
        status: row.word(7, "image.status")?,
        tag_count: row.size(8, "image.tag_count")?,
        pushed_at: row.moment(9, "image.pushed_at")?,
        pulled_at: row.maybe_moment(10, "image.pulled_at")?,
        archived_at: row.maybe_moment(11, "image.archived_at")?,
        activated_at: row.maybe_moment(12, "image.activated_at")?,
        has_scans: row.int(13, "image_scan.image")? > 0,
    })
}
