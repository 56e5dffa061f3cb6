use names::{RegistryId, UniqueId};

use super::registry::RegistryKey;
use super::repository::RepositoryKey;
use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// The policy of a repository, as it was set.
    pub fn find_repository_policy(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Option<String>, DbError> {
        self.row(
            "SELECT document FROM repository_policy WHERE repository = $1",
            args![repository],
            |row| row.text(0, "repository_policy.document"),
        )
    }

    /// Sets the policy of a repository.
    pub fn put_repository_policy(
        &mut self,
        repository: RepositoryKey,
        document: &str,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO repository_policy (repository, document) VALUES ($1, $2)
             ON CONFLICT (repository) DO UPDATE SET document = excluded.document",
            args![repository, document],
        )
    }

    /// Removes the policy of a repository, if it has one.
    pub fn delete_repository_policy(&mut self, repository: RepositoryKey) -> Result<(), DbError> {
        self.send("DELETE FROM repository_policy WHERE repository = $1", args![repository])
    }

    /// The policy of a registry, as it was set.
    pub fn find_registry_policy(
        &mut self,
        registry: &RegistryId,
    ) -> Result<Option<String>, DbError> {
        self.row(
            "SELECT o.document FROM registry g JOIN registry_policy o ON o.registry = g.id
             WHERE g.account = $1 AND g.region = $2",
            args![&registry.account, &registry.region],
            |row| row.text(0, "registry_policy.document"),
        )
    }

    /// Sets the policy of a registry.
    pub fn put_registry_policy(
        &mut self,
        registry: RegistryKey,
        document: &str,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO registry_policy (registry, document) VALUES ($1, $2)
             ON CONFLICT (registry) DO UPDATE SET document = excluded.document",
            args![registry, document],
        )
    }

    /// Removes the policy of a registry, if it has one.
    pub fn delete_registry_policy(&mut self, registry: RegistryKey) -> Result<(), DbError> {
        self.send("DELETE FROM registry_policy WHERE registry = $1", args![registry])
    }

    /// Policies of repositories, in the order of their keys, from after `after` on.
    pub fn list_repository_policies(
        &mut self,
        after: Option<RepositoryKey>,
        limit: u32,
    ) -> Result<Vec<(RepositoryKey, String)>, DbError> {
        self.rows(
            "SELECT repository, document FROM repository_policy WHERE repository > $1
             ORDER BY repository LIMIT $2",
            args![after.unwrap_or(RepositoryKey(0)), i64::from(limit)],
            |row| {
                let key = RepositoryKey(row.int(0, "repository_policy.repository")?);
                Ok((key, row.text(1, "repository_policy.document")?))
            },
        )
    }

    /// Policies of registries, in the order of their keys, from after `after` on.
    pub fn list_registry_policies(
        &mut self,
        after: Option<RegistryKey>,
        limit: u32,
    ) -> Result<Vec<(RegistryKey, String)>, DbError> {
        self.rows(
            "SELECT registry, document FROM registry_policy WHERE registry > $1
             ORDER BY registry LIMIT $2",
            args![after.unwrap_or(RegistryKey(0)), i64::from(limit)],
            |row| {
                let key = RegistryKey(row.int(0, "registry_policy.registry")?);
                Ok((key, row.text(1, "registry_policy.document")?))
            },
        )
    }

    /// Trust policies of all roles, in the order of the roles' ids, from after `after` on.
    pub fn list_trust_policies(
        &mut self,
        after: Option<&UniqueId>,
        limit: u32,
    ) -> Result<Vec<(UniqueId, String)>, DbError> {
        self.rows(
            "SELECT id, trust_policy FROM iam_role WHERE id > $1 ORDER BY id LIMIT $2",
            args![after.map_or("", UniqueId::as_str), i64::from(limit)],
            |row| Ok((row.word(0, "iam_role.id")?, row.text(1, "iam_role.trust_policy")?)),
        )
    }
}
