use std::sync::Arc;

use db::{DbError, RepositoryStanding};
use names::{RegistryId, RepositoryArn};
use policy::{DocumentKind, SourceKind};

use super::rights::{RegistryRights, RepositoryRights, ResourceTag, Scope, attached};
use crate::{Failure, Iam};

/// The setting of a registry that says which actions its policy covers.
pub const REGISTRY_POLICY_SCOPE: &str = "REGISTRY_POLICY_SCOPE";

/// The actions that a registry policy of the first version speaks of.
const FIRST_ACTIONS: [&str; 3] =
    ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr:ReplicateImage"];

impl RegistryRights {
    /// Whether the registry's policy applies to this action.
    pub(super) fn speaks_of(&self, action: &str) -> bool {
        match self.scope {
            Scope::V1 => FIRST_ACTIONS.iter().any(|first| first.eq_ignore_ascii_case(action)),
            Scope::V2 => true,
        }
    }
}

impl Iam {
    /// The repository's policy and facts.
    pub(super) async fn rights_of_repository(
        &self,
        arn: &RepositoryArn,
    ) -> Result<Arc<RepositoryRights>, Failure> {
        let (epoch, now) = (self.rows.epochs().of_repository(arn), self.now());
        if let Some(known) = self.rights.repositories.find(arn, epoch, now) {
            return Ok(known);
        }
        let wanted = arn.clone();
        let found = self
            .rows
            .read(move |tx| {
                let mut found = tx.find_repository_standing(&wanted)?;
                if tx.account_is_closed(&wanted.registry.account)? {
                    // The policy of a closed account allows nothing.
                    found = found.map(|standing| RepositoryStanding { policy: None, ..standing });
                }
                Ok(found)
            })
            .await
            .map_err(|error: DbError| Failure::from(error))?;
        let rights = found.map_or_else(RepositoryRights::default, |found| {
            let name = arn.to_string();
            let compiled = &self.rights.compiled;
            let policy = found.policy.map(|text| {
                let document = compiled.document(DocumentKind::Repository, &text, &name);
                attached(SourceKind::Repository, &name, document)
            });
            let tags = found.tags.into_iter().map(|(key, value)| ResourceTag {
                keys: [format!("aws:ResourceTag/{key}"), format!("ecr:ResourceTag/{key}")],
                value,
            });
            RepositoryRights { policy, tags: tags.collect() }
        });
        Ok(self.rights.repositories.keep(arn.clone(), epoch, now, rights))
    }

    /// The registry's policy.
    pub(super) async fn rights_of_registry(
        &self,
        registry: &RegistryId,
    ) -> Result<Arc<RegistryRights>, Failure> {
        let (epoch, now) = (self.rows.epochs().of_registry(registry), self.now());
        if let Some(known) = self.rights.registries.find(registry, epoch, now) {
            return Ok(known);
        }
        let wanted = registry.clone();
        let (policy, scope) = self
            .rows
            .read(move |tx| {
                let is_closed = tx.account_is_closed(&wanted.account)?;
                let policy = tx.find_registry_policy(&wanted)?.filter(|_| !is_closed);
                Ok((policy, tx.find_registry_setting(&wanted, REGISTRY_POLICY_SCOPE)?))
            })
            .await
            .map_err(|error: DbError| Failure::from(error))?;
        let policy = policy.map(|text| {
            let name = format!("registry {} in {}", registry.account, registry.region);
            let document = self.rights.compiled.document(DocumentKind::Registry, &text, &name);
            attached(SourceKind::Registry, &name, document)
        });
        let scope = if scope.as_deref() == Some("V1") { Scope::V1 } else { Scope::V2 };
        let rights = RegistryRights { policy, scope };
        Ok(self.rights.registries.keep(registry.clone(), epoch, now, rights))
    }
}
