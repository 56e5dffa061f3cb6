//! GetLifecyclePolicy.

use db::LifecyclePolicy;
use names::RepositoryArn;

use crate::operations::require_repository;
use crate::{Failure, LifecycleRefusal, Operations};

impl Operations {
    /// The lifecycle policy of a repository.
    pub async fn get_lifecycle_policy(
        &self,
        arn: &RepositoryArn,
    ) -> Result<LifecyclePolicy, Failure> {
        let arn = arn.clone();
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let policy = tx.find_lifecycle_policy(repository.key)?;
                policy.ok_or_else(|| LifecycleRefusal::PolicyNotFound(arn.clone()).into())
            })
            .await
    }
}
