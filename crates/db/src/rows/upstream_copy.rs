//! Manifests that were fetched from an upstream registry and are yet to be put, and what tags name
//! there.

use names::{Digest, ImageTag, MediaType, RegistryId, RepositoryArn, Timestamp};

use super::repository::RepositoryKey;
use crate::value::{Row, args};
use crate::{DbError, Lookup, Tx};

/// A manifest of an upstream registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamCopy {
    /// Its digest, which was verified.
    pub digest: Digest,
    /// Its media type.
    pub media_type: MediaType,
    /// Its exact bytes.
    pub manifest: Vec<u8>,
    /// The number of the registry's pull gate; not above 0 if it has none.
    pub pull_gate: i64,
}

/// What a tag named in the upstream registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamTag {
    /// The digest.
    pub digest: Digest,
    /// When that was last confirmed.
    pub confirmed_at: Timestamp,
    /// When it is to be asked again.
    pub check_at: Timestamp,
}

impl UpstreamCopy {
    /// The manifest of this digest.
    pub fn by_digest<'a>(arn: &'a RepositoryArn, digest: &'a Digest) -> Lookup<'a, Self> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT m.digest, m.media_type, m.manifest, g.pull_gate
                  FROM registry g JOIN repository p ON p.registry = g.id
                  JOIN upstream_manifest m ON m.repository = p.id
                  WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL
                      AND m.digest = $4",
            args: args![account, region, repository, digest].to_vec(),
            read: read_copy,
        }
    }
}

impl UpstreamTag {
    /// What this tag named.
    pub fn by_tag<'a>(arn: &'a RepositoryArn, tag: &'a ImageTag) -> Lookup<'a, Self> {
        let RepositoryArn { registry: RegistryId { account, region }, repository } = arn;
        Lookup {
            sql: "SELECT t.digest, t.confirmed_at, t.check_at
                  FROM registry g JOIN repository p ON p.registry = g.id
                  JOIN upstream_tag t ON t.repository = p.id
                  WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL
                      AND t.tag = $4",
            args: args![account, region, repository, tag].to_vec(),
            read: |row| {
                Ok(Self {
                    digest: row.word(0, "upstream_tag.digest")?,
                    confirmed_at: row.moment(1, "upstream_tag.confirmed_at")?,
                    check_at: row.moment(2, "upstream_tag.check_at")?,
                })
            },
        }
    }
}

fn read_copy(row: &Row<'_>) -> Result<UpstreamCopy, DbError> {
    Ok(UpstreamCopy {
        digest: row.word(0, "upstream_manifest.digest")?,
        media_type: row.word(1, "upstream_manifest.media_type")?,
        manifest: row.bytes(2, "upstream_manifest.manifest")?.to_vec(),
        pull_gate: row.int(3, "registry.pull_gate")?,
    })
}

impl Tx<'_> {
    /// Keeps a manifest until its image is put.
    pub fn put_upstream_manifest(
        &mut self,
        repository: RepositoryKey,
        (digest, media_type): (&Digest, &MediaType),
        manifest: &[u8],
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO upstream_manifest (repository, digest, media_type, manifest, fetched_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (repository, digest) DO UPDATE SET media_type = excluded.media_type",
            args![repository, digest, media_type, manifest, now],
        )
    }

    /// When a manifest was fetched, if it is here.
    pub fn find_upstream_fetched_at(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<Option<Timestamp>, DbError> {
        self.row(
            "SELECT fetched_at FROM upstream_manifest WHERE repository = $1 AND digest = $2",
            args![repository, digest],
            |row| row.moment(0, "upstream_manifest.fetched_at"),
        )
    }

    /// Forgets a manifest.
    pub fn delete_upstream_manifest(
        &mut self,
        repository: RepositoryKey,
        digest: &Digest,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM upstream_manifest WHERE repository = $1 AND digest = $2",
            args![repository, digest],
        )
    }

    /// Writes down what a tag names in the upstream registry.
    pub fn put_upstream_tag(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        named: &UpstreamTag,
    ) -> Result<(), DbError> {
        let UpstreamTag { digest, confirmed_at, check_at } = named;
        self.send(
            "INSERT INTO upstream_tag (repository, tag, digest, confirmed_at, check_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (repository, tag) DO UPDATE SET digest = excluded.digest,
                 confirmed_at = excluded.confirmed_at, check_at = excluded.check_at",
            args![repository, tag, digest, *confirmed_at, *check_at],
        )
    }

    /// Says when it is to be asked again what a tag names in the upstream registry.
    pub fn put_upstream_check(
        &mut self,
        repository: RepositoryKey,
        tag: &ImageTag,
        check_at: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE upstream_tag SET check_at = $3 WHERE repository = $1 AND tag = $2",
            args![repository, tag, check_at],
        )
    }

    /// Forgets some of what a repository knows of its upstream registry; `false` if that was
    /// nothing.
    pub fn forget_upstream(
        &mut self,
        repository: RepositoryKey,
        limit: u32,
    ) -> Result<bool, DbError> {
        let manifests = self.execute(
            "DELETE FROM upstream_manifest WHERE repository = $1 AND digest IN
                 (SELECT digest FROM upstream_manifest WHERE repository = $1
                  ORDER BY digest LIMIT $2)",
            args![repository, i64::from(limit)],
        )?;
        let tags = self.execute(
            "DELETE FROM upstream_tag WHERE repository = $1 AND tag IN
                 (SELECT tag FROM upstream_tag WHERE repository = $1 ORDER BY tag LIMIT $2)",
            args![repository, i64::from(limit)],
        )?;
        Ok(manifests + tags > 0)
    }
}
