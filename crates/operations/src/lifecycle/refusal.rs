use std::fmt;

use names::RepositoryArn;

use crate::wording::place;

/// Refusals about lifecycle policies and their previews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LifecycleRefusal {
    /// The repository has no lifecycle policy.
    PolicyNotFound(RepositoryArn),
    /// No lifecycle policy was ever previewed in the repository.
    PreviewNotFound(RepositoryArn),
    /// The last preview in the repository has not ended.
    PreviewInProgress(RepositoryArn),
}

impl fmt::Display for LifecycleRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PolicyNotFound(arn) => write!(
                f,
                "Lifecycle policy does not exist for the repository with name {}",
                place(arn)
            ),
            Self::PreviewNotFound(arn) => write!(
                f,
                "Lifecycle policy preview does not exist for the repository with name {}",
                place(arn)
            ),
            Self::PreviewInProgress(arn) => write!(
                f,
                "Lifecycle policy preview is already in progress for the repository with name {}",
                place(arn)
            ),
        }
    }
}
