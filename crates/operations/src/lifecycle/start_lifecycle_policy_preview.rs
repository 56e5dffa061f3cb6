//! StartLifecyclePolicyPreview.

use names::{PreviewState, RepositoryArn};
use policy::lifecycle::Document;

use super::get_lifecycle_policy_preview::state_at;
use super::put_lifecycle_policy::invalid;
use crate::jobs::preview_lifecycle_policy::PreviewLifecyclePolicy;
use crate::operations::require_repository;
use crate::{Failure, LifecycleRefusal, Operations};

impl Operations {
    /// Starts a preview of this policy, or of the repository's own, in place of the last preview.
    /// Returns the text that it is about.
    pub async fn start_lifecycle_policy_preview(
        &self,
        arn: &RepositoryArn,
        text: Option<&str>,
    ) -> Result<String, Failure> {
        let sent = text.map(|text| Document::parse(text).map(|_| text.to_owned()));
        let (arn, now) = (arn.clone(), self.now());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?.key;
                let document = if let Some(sent) = &sent {
                    sent.clone().map_err(|malformed| invalid(&malformed))?
                } else {
                    let policy = tx.find_lifecycle_policy(repository)?;
                    let none = || LifecycleRefusal::PolicyNotFound(arn.clone());
                    policy.ok_or_else(none)?.document
                };
                let last = tx.find_lifecycle_preview(repository)?;
                if last.is_some_and(|last| state_at(&last, now) == PreviewState::InProgress) {
                    return Err(LifecycleRefusal::PreviewInProgress(arn.clone()).into());
                }
                tx.start_lifecycle_preview(repository, &document, now)?;
                let job = PreviewLifecyclePolicy { repository: repository.0 };
                jobs::enqueue(tx, &job, now, now)?;
                Ok::<_, Failure>(document)
            })
            .await
    }
}
