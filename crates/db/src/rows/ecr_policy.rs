use names::RegistryId;

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
}
