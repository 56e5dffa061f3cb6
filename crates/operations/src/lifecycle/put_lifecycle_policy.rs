//! PutLifecyclePolicy.

use std::time::Duration;

use db::{RepositoryKey, Tx};
use names::{RepositoryArn, Timestamp, Uuid};
use policy::lifecycle::{Document, Malformed};

use crate::invalid_parameter::InvalidParameter;
use crate::jobs::apply_lifecycle_policy::ApplyLifecyclePolicy;
use crate::operations::require_repository;
use crate::{Failure, Operations, Refusal};

/// How long after a policy was put it is carried out: the time to take back what was put by
/// mistake.
pub(crate) const AFTER_PUT: Duration = Duration::from_mins(10);

impl Operations {
    /// Sets the lifecycle policy of a repository. Returns its canonical text. The first run begins
    /// some minutes later.
    pub async fn put_lifecycle_policy(
        &self,
        arn: &RepositoryArn,
        text: &str,
    ) -> Result<String, Failure> {
        let canonical = Document::parse(text).map(|document| document.canonical());
        let (arn, now) = (arn.clone(), self.now());
        let id = Uuid::from_random(keys::random());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?.key;
                let canonical = canonical.as_ref().map_err(invalid)?;
                put(tx, repository, canonical, (&id, now))?;
                Ok(canonical.clone())
            })
            .await
    }
}

/// Sets the policy, by its canonical text, and queues its first run.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    canonical: &str,
    (id, now): (&Uuid, Timestamp),
) -> Result<(), Failure> {
    tx.put_lifecycle_policy(repository, canonical, id, now)?;
    let job = ApplyLifecyclePolicy { repository: repository.0 };
    jobs::enqueue(tx, &job, now.plus(AFTER_PUT), now)?;
    Ok(())
}

/// The refusal of a text that is no lifecycle policy.
pub(crate) fn invalid(malformed: &Malformed) -> Failure {
    let (path, constraint) = (malformed.path(), malformed.to_string());
    Refusal::from(InvalidParameter { path, constraint }).into()
}
