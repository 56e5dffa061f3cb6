//! DeleteLifecyclePolicy.

use db::LifecyclePolicy;
use names::RepositoryArn;

use crate::operations::require_repository;
use crate::{Failure, LifecycleRefusal, Operations};

impl Operations {
    /// Removes the lifecycle policy of a repository. Returns what it was. A run that is under way
    /// deletes nothing any more. Its job stays until nothing is remembered of its expiries.
    pub async fn delete_lifecycle_policy(
        &self,
        arn: &RepositoryArn,
    ) -> Result<LifecyclePolicy, Failure> {
        let arn = arn.clone();
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?.key;
                let policy = tx
                    .find_lifecycle_policy(repository)?
                    .ok_or_else(|| LifecycleRefusal::PolicyNotFound(arn.clone()))?;
                tx.delete_lifecycle_policy(repository)?;
                Ok::<_, Failure>(policy)
            })
            .await
    }
}
