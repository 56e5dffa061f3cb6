//! DeleteLifecyclePolicy.

use db::LifecyclePolicy;
use names::RepositoryArn;

use crate::jobs::apply_lifecycle_policy::stop_applying;
use crate::operations::require_repository;
use crate::{Failure, LifecycleRefusal, Operations};

impl Operations {
    /// Removes the lifecycle policy of a repository. Returns what it was. A run that is under way
    /// deletes nothing any more. Its job goes with it, or waits until expiries that it remembers
    /// can be forgotten.
    pub async fn delete_lifecycle_policy(
        &self,
        arn: &RepositoryArn,
    ) -> Result<LifecyclePolicy, Failure> {
        let (arn, remember, now) = (arn.clone(), self.remember_expiries, self.now());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?.key;
                let policy = tx
                    .find_lifecycle_policy(repository)?
                    .ok_or_else(|| LifecycleRefusal::PolicyNotFound(arn.clone()))?;
                tx.delete_lifecycle_policy(repository)?;
                stop_applying(tx, repository, remember, now)?;
                Ok::<_, Failure>(policy)
            })
            .await
    }
}
