use std::fmt;

use db::DeletionCause;
use names::{Digest, ImageId, RepositoryArn, Timestamp};

use super::refusal::ImageRefusal;
use crate::wording::{moment, place};

/// Refusals about images that were deleted, for callers who may know of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum UndoRefusal {
    /// The image is gone, and can be restored.
    Restorable {
        repository: RepositoryArn,
        digest: Digest,
        cause: DeletionCause,
        deleted_at: Timestamp,
        until: Timestamp,
    },
    /// The image is not kept: nothing is.
    NothingKept { repository: RepositoryArn, digest: Digest },
    /// The image is not kept, but others may be.
    NotKept { repository: RepositoryArn, digest: Digest },
}

impl fmt::Display for UndoRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Restorable { repository, digest, cause, deleted_at, until } => {
                let image = ImageId::Digest(digest.clone());
                let not_found = ImageRefusal::NotFound { repository: repository.clone(), image };
                let gone = match cause {
                    DeletionCause::Deleted => "was deleted",
                    DeletionCause::Expired => "expired",
                };
                write!(
                    f,
                    "{not_found}: it {gone} at {}, and `longshore restore-image {}@{digest}` brings it back until {}",
                    moment(*deleted_at),
                    repository.repository,
                    moment(*until)
                )
            }
            Self::NothingKept { repository, digest } => write!(
                f,
                "The image with digest '{digest}' cannot be restored in the repository with name {}: the server keeps nothing that is deleted (--undo-days is 0)",
                place(repository)
            ),
            Self::NotKept { repository, digest } => write!(
                f,
                "The image with digest '{digest}' is none of those that can be restored in the repository with name {}: `longshore restore-image --list {}` prints them",
                place(repository),
                repository.repository
            ),
        }
    }
}
