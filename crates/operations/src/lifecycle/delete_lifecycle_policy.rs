//! DeleteLifecyclePolicy.

use db::LifecyclePolicy;
use jobs::Job;
use names::RepositoryArn;

use crate::jobs::apply_lifecycle_policy::ApplyLifecyclePolicy;
use crate::operations::require_repository;
use crate::{Failure, LifecycleRefusal, Operations};

impl Operations {
    /// Removes the lifecycle policy of a repository. Returns what it was. A run that is under way
    /// deletes nothing any more.
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
                let job = ApplyLifecyclePolicy { repository: repository.0 };
                jobs::forget::<ApplyLifecyclePolicy>(tx, &job.subject())?;
                Ok::<_, Failure>(policy)
            })
            .await
    }
}
