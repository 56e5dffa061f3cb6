use names::{
    EncryptionKey, EncryptionType, ExclusionFilter, GrantId, RegistryId, RepositoryName,
    TagMutability, Timestamp,
};

use super::registry::RegistryKey;
use super::row_key;
use crate::value::{self, Row, args};
use crate::{DbError, Tx};

row_key! {
    /// The row of a repository.
    RepositoryKey
}

/// A repository.
#[derive(Debug, Clone)]
pub struct Repository {
    /// Its row.
    pub key: RepositoryKey,
    /// The row of its registry.
    pub registry: RegistryKey,
    /// Its name.
    pub name: RepositoryName,
    /// Whether tags may move.
    pub mutability: TagMutability,
    /// Which tags are excluded from that rule.
    pub exclusion_filters: Vec<ExclusionFilter>,
    /// Is an image scanned when it is pushed?
    pub scan_on_push: bool,
    /// How bytes are encrypted.
    pub encryption: EncryptionType,
    /// Under which key.
    pub encryption_key: EncryptionKey,
    /// The grants by which ECR uses the KMS key in its name.
    pub kms_grants: Vec<GrantId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A repository to be made.
#[derive(Debug, Clone)]
pub struct NewRepository {
    /// Its name.
    pub name: RepositoryName,
    /// Whether tags may move.
    pub mutability: TagMutability,
    /// Which tags are excluded from that rule.
    pub exclusion_filters: Vec<ExclusionFilter>,
    /// Is an image scanned when it is pushed?
    pub scan_on_push: bool,
    /// How bytes are encrypted.
    pub encryption: EncryptionType,
    /// Under which key.
    pub encryption_key: EncryptionKey,
    /// The grants by which ECR uses the KMS key in its name.
    pub kms_grants: Vec<GrantId>,
}

impl Tx<'_> {
    /// Inserts a repository; `None` if the name is taken.
    pub fn insert_repository(
        &mut self,
        registry: RegistryKey,
        new: &NewRepository,
        now: Timestamp,
    ) -> Result<Option<RepositoryKey>, DbError> {
        let NewRepository {
            name,
            mutability,
            exclusion_filters,
            scan_on_push,
            encryption,
            encryption_key,
            kms_grants,
        } = new;
        self.row(
            "INSERT INTO repository (registry, name, mutability, exclusion_filters, scan_on_push,
                                     encryption, encryption_key, created_at, kms_grants)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (registry, name) WHERE erased_at IS NULL DO NOTHING
             RETURNING id",
            args![
                registry,
                name,
                mutability.as_str(),
                &join_filters(exclusion_filters),
                *scan_on_push,
                encryption.as_str(),
                encryption_key,
                now,
                join_grants(kms_grants).as_ref()
            ],
            |row| row.int(0, "repository.id").map(RepositoryKey),
        )
    }

    /// The repository of this name.
    pub fn find_repository(
        &mut self,
        registry: &RegistryId,
        name: &RepositoryName,
    ) -> Result<Option<Repository>, DbError> {
        self.row(
            "SELECT p.id, p.registry, p.name, p.mutability, p.exclusion_filters, p.scan_on_push,
                    p.encryption, p.encryption_key, p.created_at, p.kms_grants
             FROM registry g JOIN repository p ON p.registry = g.id
             WHERE g.account = $1 AND g.region = $2 AND p.name = $3 AND p.erased_at IS NULL",
            args![&registry.account, &registry.region, name],
            read,
        )
    }

    /// The repository of this row, unless it is being erased.
    pub fn find_repository_by_key(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<Repository>, DbError> {
        self.row(
            "SELECT id, registry, name, mutability, exclusion_filters, scan_on_push,
                    encryption, encryption_key, created_at, kms_grants
             FROM repository WHERE id = $1 AND erased_at IS NULL",
            args![repository],
            read,
        )
    }

    /// The repository of this row, if it is being erased.
    pub fn find_hidden_repository(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<Repository>, DbError> {
        self.row(
            "SELECT id, registry, name, mutability, exclusion_filters, scan_on_push,
                    encryption, encryption_key, created_at, kms_grants
             FROM repository WHERE id = $1 AND erased_at IS NOT NULL",
            args![repository],
            read,
        )
    }

    /// In which registry, and under which name, the repository of this row is.
    pub fn find_registry_of(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<(RegistryId, RepositoryName)>, DbError> {
        self.row(
            "SELECT g.account, g.region, p.name FROM repository p JOIN registry g ON g.id = p.registry
             WHERE p.id = $1",
            args![repository],
            |row| {
                let account = row.word(0, "registry.account")?;
                let region = row.word(1, "registry.region")?;
                Ok((RegistryId { account, region }, row.word(2, "repository.name")?))
            },
        )
    }

    /// The key of the repository of this row, even if it is being erased.
    pub fn find_encryption_key(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<EncryptionKey>, DbError> {
        self.row("SELECT encryption_key FROM repository WHERE id = $1", args![repository], |row| {
            row.word(0, "repository.encryption_key")
        })
    }

    /// Repositories in the order of their names, from after `after` on.
    pub fn list_repositories(
        &mut self,
        registry: &RegistryId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Repository>, DbError> {
        self.rows(
            "SELECT p.id, p.registry, p.name, p.mutability, p.exclusion_filters, p.scan_on_push,
                    p.encryption, p.encryption_key, p.created_at, p.kms_grants
             FROM repository p
             WHERE p.registry = (SELECT id FROM registry WHERE account = $1 AND region = $2)
                 AND p.erased_at IS NULL AND p.name > $3
             ORDER BY p.name LIMIT $4",
            args![
                &registry.account,
                &registry.region,
                value::after(after.unwrap_or_default()),
                i64::from(limit)
            ],
            read,
        )
    }

    /// Lists repositories that are being erased, for checks.
    pub fn list_hidden_repositories(
        &mut self,
        after: Option<RepositoryKey>,
        limit: u32,
    ) -> Result<Vec<RepositoryKey>, DbError> {
        self.rows(
            "SELECT id FROM repository WHERE id > $1 AND erased_at IS NOT NULL ORDER BY id LIMIT $2",
            args![after.unwrap_or(RepositoryKey(0)), i64::from(limit)],
            |row| row.int(0, "repository.id").map(RepositoryKey),
        )
    }

    /// Changes whether tags may move.
    pub fn put_tag_mutability(
        &mut self,
        repository: RepositoryKey,
        mutability: TagMutability,
        filters: &[ExclusionFilter],
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE repository SET mutability = $2, exclusion_filters = $3 WHERE id = $1",
            args![repository, mutability.as_str(), &join_filters(filters)],
        )
    }

    /// Changes whether images are scanned when they are pushed.
    pub fn put_scan_on_push(
        &mut self,
        repository: RepositoryKey,
        scan_on_push: bool,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE repository SET scan_on_push = $2 WHERE id = $1",
            args![repository, scan_on_push],
        )
    }

    /// Hides a repository: its name is free, and its contents are to be erased.
    pub fn hide_repository(
        &mut self,
        repository: RepositoryKey,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send("UPDATE repository SET erased_at = $2 WHERE id = $1", args![repository, now])
    }

    /// Deletes the row of a repository that has no contents any more.
    pub fn delete_repository(&mut self, repository: RepositoryKey) -> Result<(), DbError> {
        self.send("DELETE FROM resource_tag WHERE repository = $1", args![repository])?;
        self.delete_repository_policy(repository)?;
        self.delete_lifecycle_policy(repository)?;
        self.delete_lifecycle_preview(repository)?;
        self.delete_rekey(repository)?;
        self.send("DELETE FROM repository WHERE id = $1", args![repository])
    }
}

fn read(row: &Row<'_>) -> Result<Repository, DbError> {
    const FILTERS: &str = "repository.exclusion_filters";
    let filters = row.text(4, FILTERS)?;
    Ok(Repository {
        key: RepositoryKey(row.int(0, "repository.id")?),
        registry: RegistryKey(row.int(1, "repository.registry")?),
        name: row.word(2, "repository.name")?,
        mutability: row.word(3, "repository.mutability")?,
        exclusion_filters: split_filters(&filters).ok_or(DbError::Corrupt { column: FILTERS })?,
        scan_on_push: row.int(5, "repository.scan_on_push")? != 0,
        encryption: row.word(6, "repository.encryption")?,
        encryption_key: row.word(7, "repository.encryption_key")?,
        kms_grants: split_grants(row.maybe_text(9, "repository.kms_grants")?)?,
        created_at: row.moment(8, "repository.created_at")?,
    })
}

pub(super) fn join_grants(grants: &[GrantId]) -> Option<String> {
    let ids: Vec<&str> = grants.iter().map(GrantId::as_str).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

pub(super) fn split_grants(text: Option<String>) -> Result<Vec<GrantId>, DbError> {
    const CORRUPT: DbError = DbError::Corrupt { column: "repository.kms_grants" };
    let text = text.unwrap_or_default();
    text.split_ascii_whitespace().map(|id| GrantId::parse(id).map_err(|_| CORRUPT)).collect()
}

/// A space cannot be part of a filter.
pub(super) fn join_filters(filters: &[ExclusionFilter]) -> String {
    filters.iter().map(ExclusionFilter::as_str).collect::<Vec<_>>().join(" ")
}

pub(super) fn split_filters(text: &str) -> Option<Vec<ExclusionFilter>> {
    text.split_ascii_whitespace().map(|filter| ExclusionFilter::parse(filter).ok()).collect()
}
