use names::{
    Digest, EncryptionKey, ImageStatus, ImageTag, MediaType, RegistryId, RepositoryArn, Timestamp,
};

use super::image::ImageKey;
use super::repository::RepositoryKey;
use crate::value::{Row, args};
use crate::{DbError, Lookup, Tx};

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
    /// The number of the registry's pull gate; not above 0 if it has none.
    pub pull_gate: i64,
}

impl PulledImage {
    /// The image with this digest in the repository of this name, and that repository's key: the
    /// only question of a pull. `None` if either does not exist.
    pub fn by_digest<'a>(
        arn: &'a RepositoryArn,
        digest: &'a Digest,
    ) -> Lookup<'a, (EncryptionKey, Self)> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest,
                        g.pull_gate, p.encryption_key
                 FROM registry g JOIN repository p ON p.registry = g.id
                 JOIN image i ON i.repository = p.id
                 WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL
                     AND i.digest = $4",
            args: args![account, region, repository, digest].to_vec(),
            read: |row| Ok((row.word(7, "repository.encryption_key")?, read_pulled(row)?)),
        }
    }

    /// The same for the image that this tag points to.
    pub fn by_tag<'a>(
        arn: &'a RepositoryArn,
        tag: &'a ImageTag,
    ) -> Lookup<'a, (EncryptionKey, Self)> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest,
                        g.pull_gate, p.encryption_key
                 FROM registry g JOIN repository p ON p.registry = g.id
                 JOIN image_tag t ON t.repository = p.id JOIN image i ON i.id = t.image
                 WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL
                     AND t.tag = $4",
            args: args![account, region, repository, tag].to_vec(),
            read: |row| Ok((row.word(7, "repository.encryption_key")?, read_pulled(row)?)),
        }
    }
}

impl Tx<'_> {
    /// The image with this digest, manifest and all.
    pub fn pull_image(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<PulledImage>, DbError> {
        self.row(
            "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest, g.pull_gate
             FROM image i JOIN repository p ON p.id = i.repository
             JOIN registry g ON g.id = p.registry
             WHERE i.repository = $1 AND i.digest = $2",
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
            "SELECT i.id, i.digest, i.media_type, i.status, i.pulled_at, i.manifest, g.pull_gate
             FROM image_tag t JOIN image i ON i.id = t.image
             JOIN repository p ON p.id = t.repository JOIN registry g ON g.id = p.registry
             WHERE t.repository = $1 AND t.tag = $2",
            args![repository, tag],
            read_pulled,
        )
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

fn read_pulled(row: &Row<'_>) -> Result<PulledImage, DbError> {
    Ok(PulledImage {
        key: ImageKey(row.int(0, "image.id")?),
        digest: row.word(1, "image.digest")?,
        media_type: row.word(2, "image.media_type")?,
        status: row.word(3, "image.status")?,
        pulled_at: row.maybe_moment(4, "image.pulled_at")?,
        manifest: row.bytes(5, "image.manifest")?.to_vec(),
        pull_gate: row.int(6, "registry.pull_gate")?,
    })
}
