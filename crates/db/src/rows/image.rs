use names::{Digest, ImageStatus, ImageTag, MediaType, RegistryId, RepositoryArn, Timestamp};

use super::repository::RepositoryKey;
use super::row_key;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Lookup, Tx};

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
}

/// An image as `DescribeImages` shows it.
#[derive(Debug, Clone)]
pub struct DescribedImage {
    /// The image.
    pub image: Image,
    /// Its tags, in order.
    pub tags: Vec<ImageTag>,
}

/// One line of `ListImages`: an image and one of its tags, or an image that has none.
#[derive(Debug, Clone)]
pub struct ListedImage {
    /// The row of the image.
    pub key: ImageKey,
    /// Its digest.
    pub digest: Digest,
    /// One of its tags.
    pub tag: Option<ImageTag>,
}

/// An image as a pull needs it.
#[derive(Debug, Clone)]
pub struct PulledImage {
    /// Its row.
    pub key: ImageKey,
    /// The digest of its manifest.
    pub digest: Digest,
    /// The media type of its manifest.
    pub media_type: MediaType,
    /// Can it be pulled?
    pub status: ImageStatus,
    /// When it was last pulled, as far as recorded.
    pub pulled_at: Option<Timestamp>,
    /// The exact bytes that were pushed.
    pub manifest: Vec<u8>,
}

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

/// Which images a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageFilter {
    /// Only those that can be pulled, or not; `None` shows all.
    pub status: Option<ImageStatus>,
    /// Only those with tags, or without.
    pub tags: TagStatus,
}

/// With tags, without, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagStatus {
    /// At least one tag.
    Tagged,
    /// No tag.
    Untagged,
    /// Both.
    Any,
}

impl ImageFilter {
    /// The condition in SQL; each has an index that answers it in the order of rows.
    fn condition(self) -> &'static str {
        match (self.status.is_some(), self.tags) {
            (true, TagStatus::Any) => "i.repository = $1 AND i.status = $2",
            (true, TagStatus::Tagged) => "i.repository = $1 AND i.status = $2 AND i.tag_count > 0",
            (true, TagStatus::Untagged) => {
                "i.repository = $1 AND i.status = $2 AND i.tag_count = 0"
            }
            (false, TagStatus::Any) => "i.repository = $1 AND $2 = ''",
            (false, TagStatus::Tagged) => "i.repository = $1 AND $2 = '' AND i.tag_count > 0",
            (false, TagStatus::Untagged) => "i.repository = $1 AND $2 = '' AND i.tag_count = 0",
        }
    }

    fn status_text(self) -> &'static str {
        self.status.map_or("", ImageStatus::as_str)
    }
}

/// The columns of [`Image`], in the order in which [`read`] reads them.
const COLUMNS: &str = "i.id, i.digest, i.media_type, i.artifact_type, i.config_media_type, i.size,
    i.subject, i.status, i.tag_count, i.pushed_at, i.pulled_at, i.archived_at, i.activated_at";

impl PulledImage {
    /// The image with this digest in the repository of this name: the only question of a pull.
    /// `None` if either does not exist.
    pub fn by_digest<'a>(arn: &'a RepositoryArn, digest: &'a Digest) -> Lookup<'a, Self> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest
                 FROM registry g JOIN repository p ON p.registry = g.id
                 JOIN image i ON i.repository = p.id
                 WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL
                     AND i.digest = $4",
            args: args![account, region, repository, digest].to_vec(),
            read: read_pulled,
        }
    }

    /// The same for the image that this tag points to.
    pub fn by_tag<'a>(arn: &'a RepositoryArn, tag: &'a ImageTag) -> Lookup<'a, Self> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest
                 FROM registry g JOIN repository p ON p.registry = g.id
                 JOIN image_tag t ON t.repository = p.id JOIN image i ON i.id = t.image
                 WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL
                     AND t.tag = $4",
            args: args![account, region, repository, tag].to_vec(),
            read: read_pulled,
        }
    }
}

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
        self.row(
            &format!("SELECT {COLUMNS} FROM image i WHERE i.repository = $1 AND i.digest = $2"),
            args![repository, digest],
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

    /// The image with this digest, manifest and all.
    pub fn pull_image(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<PulledImage>, DbError> {
        self.row(
            "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest
             FROM image i WHERE i.repository = $1 AND i.digest = $2",
            args![repository, digest],
            read_pulled,
        )
    }

    /// The image that this tag points to, manifest and all.
    pub fn pull_image_by_tag(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
    ) -> Result<Option<PulledImage>, DbError> {
        self.row(
            "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest
             FROM image_tag t JOIN image i ON i.id = t.image
             WHERE t.repository = $1 AND t.tag = $2",
            args![repository, tag],
            read_pulled,
        )
    }

    /// Lists images in the order of their pushes, from after `after` on.
    pub fn list_images(
        &mut self,
        repository: RepositoryKey,
        filter: ImageFilter,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<Vec<Image>, DbError> {
        let condition = filter.condition();
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM image i WHERE {condition} AND i.id > $3
                 ORDER BY i.id LIMIT $4"
            ),
            args![repository, filter.status_text(), after.unwrap_or(ImageKey(0)), i64::from(limit)],
            read,
        )
    }

    /// One line for each tag of each image, and one for each image without tags, from after
    /// `after` on: an image and the last of its tags that was shown.
    pub fn list_image_tags(
        &mut self,
        repository: RepositoryKey,
        filter: ImageFilter,
        after: Option<(ImageKey, &str)>,
        limit: u32,
    ) -> Result<Vec<ListedImage>, DbError> {
        let condition = filter.condition();
        let (image, tag) = after.unwrap_or((ImageKey(0), ""));
        self.rows(
            &format!(
                "SELECT i.id, i.digest, t.tag FROM image i LEFT JOIN image_tag t ON t.image = i.id
                 WHERE {condition} AND i.id >= $3 AND (i.id > $3 OR coalesce(t.tag, '') > $4)
                 ORDER BY i.id, t.tag LIMIT $5"
            ),
            args![repository, filter.status_text(), image, tag, i64::from(limit)],
            |row| {
                Ok(ListedImage {
                    key: ImageKey(row.int(0, "image.id")?),
                    digest: row.word(1, "image.digest")?,
                    tag: row.maybe_word(2, "image_tag.tag")?,
                })
            },
        )
    }

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

    /// The size of each of these images of a repository, in their order; `None` for one that it
    /// does not have.
    pub fn find_image_sizes(
        &mut self,
        repository: RepositoryKey,
        digests: &[&Digest],
    ) -> Result<Vec<Option<u64>>, DbError> {
        let each: Vec<[Value<'_>; 2]> =
            digests.iter().map(|digest| [repository.into(), (*digest).into()]).collect();
        self.row_of_each(
            "SELECT size FROM image WHERE repository = $1 AND digest = $2",
            &as_slices(&each),
            |row| row.size(0, "image.size"),
        )
    }

    /// Digests of the indexes that hold this image.
    pub fn list_parents(
        &mut self,
        repository: RepositoryKey,
        child: &Digest,
        limit: u32,
    ) -> Result<Vec<Digest>, DbError> {
        self.rows(
            "SELECT i.digest FROM image_child c JOIN image i ON i.id = c.parent
             WHERE c.repository = $1 AND c.child = $2 ORDER BY c.parent LIMIT $3",
            args![repository, child, i64::from(limit)],
            |row| row.word(0, "image.digest"),
        )
    }

    /// Lists the images of all repositories in the order of their rows, for checks.
    pub fn list_all_images(
        &mut self,
        after: Option<ImageKey>,
        limit: u32,
    ) -> Result<Vec<(RepositoryKey, Image)>, DbError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS}, i.repository FROM image i WHERE i.id > $1 ORDER BY i.id LIMIT $2"
            ),
            args![after.unwrap_or(ImageKey(0)), i64::from(limit)],
            |row| Ok((RepositoryKey(row.int(13, "image.repository")?), read(row)?)),
        )
    }

    /// The exact bytes of an image's manifest.
    pub fn find_manifest(&mut self, image: ImageKey) -> Result<Option<Vec<u8>>, DbError> {
        self.row("SELECT manifest FROM image WHERE id = $1", args![image], |row| {
            row.bytes(0, "image.manifest").map(<[u8]>::to_vec)
        })
    }

    /// Digests of the images that an index holds.
    pub fn list_children(&mut self, parent: ImageKey) -> Result<Vec<Digest>, DbError> {
        self.rows("SELECT child FROM image_child WHERE parent = $1", args![parent], |row| {
            row.word(0, "image_child.child")
        })
    }

    /// Corrects the size of an index that was written down before its children.
    pub fn put_image_size(&mut self, image: ImageKey, size_bytes: u64) -> Result<(), DbError> {
        self.send("UPDATE image SET size = $2 WHERE id = $1", args![image, size_bytes])
    }

    /// Digests of the blobs that an image holds.
    pub fn list_image_blobs(&mut self, image: ImageKey) -> Result<Vec<Digest>, DbError> {
        self.rows("SELECT digest FROM image_blob WHERE image = $1", args![image], |row| {
            row.word(0, "image_blob.digest")
        })
    }

    /// Whether the repository holds any image.
    pub fn repository_has_images(&mut self, repository: RepositoryKey) -> Result<bool, DbError> {
        self.row("SELECT 1 FROM image WHERE repository = $1 LIMIT 1", args![repository], |_| Ok(()))
            .map(|found| found.is_some())
    }

    /// Deletes an image's row and its references. Its tags and records must be gone.
    pub fn delete_image(&mut self, image: ImageKey) -> Result<(), DbError> {
        self.send("DELETE FROM image_blob WHERE image = $1", args![image])?;
        self.send("DELETE FROM image_child WHERE parent = $1", args![image])?;
        self.send("DELETE FROM image WHERE id = $1", args![image])
    }

    /// Records a pull by a principal, unless a later one is recorded, or the registry excludes the
    /// principal.
    pub fn record_pull(
        &mut self,
        image: ImageKey,
        principal: &str,
        pulled_at: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE image SET pulled_at = $2
             WHERE id = $1 AND (pulled_at IS NULL OR pulled_at < $2) AND NOT EXISTS (
                 SELECT 1 FROM repository p
                 JOIN pull_time_exclusion e ON e.registry = p.registry
                 WHERE p.id = image.repository AND e.principal = $3)",
            args![image, pulled_at, principal],
        )
    }
}

fn read(row: &Row<'_>) -> Result<Image, DbError> {
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
    })
}

fn read_pulled(row: &Row<'_>) -> Result<PulledImage, DbError> {
    Ok(PulledImage {
        key: ImageKey(row.int(0, "image.id")?),
        digest: row.word(1, "image.digest")?,
        media_type: row.word(2, "image.media_type")?,
        status: row.word(3, "image.status")?,
        pulled_at: row.maybe_moment(4, "image.pulled_at")?,
        manifest: row.bytes(5, "image.manifest")?.to_vec(),
    })
}
