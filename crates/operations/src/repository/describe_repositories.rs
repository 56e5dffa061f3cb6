//! DescribeRepositories, which is the catalog at the OCI door.

use db::Repository;
use names::{RegistryId, RepositoryArn, RepositoryName};

use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// The repositories of these names, all or none.
    pub async fn describe_repositories(
        &self,
        registry: &RegistryId,
        names: Vec<RepositoryName>,
    ) -> Result<Vec<Repository>, Failure> {
        let registry = registry.clone();
        self.db
            .read(move |tx| {
                let arn = |name: &RepositoryName| RepositoryArn {
                    registry: registry.clone(),
                    repository: name.clone(),
                };
                names.iter().map(|name| require_repository(tx, &arn(name))).collect()
            })
            .await
    }

    /// One page of repositories, by name, from after `after` on.
    pub async fn list_repositories(
        &self,
        registry: &RegistryId,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<Repository>, Failure> {
        let registry = registry.clone();
        self.db.read(move |tx| Ok(tx.list_repositories(&registry, after.as_deref(), limit)?)).await
    }
}
