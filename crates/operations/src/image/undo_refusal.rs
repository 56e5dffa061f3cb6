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
    /// The image expired, and cannot be restored.
    Expired {
        repository: RepositoryArn,
        digest: Digest,
        expired_at: Timestamp,
        /// Why, in a sentence.
        reason: String,
    },
    /// The image is there: it was restored or pushed again, or never deleted.
    IsThere { repository: RepositoryArn, digest: Digest },
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
            Self::Expired { repository, digest, expired_at, reason } => {
                let image = ImageId::Digest(digest.clone());
                let not_found = ImageRefusal::NotFound { repository: repository.clone(), image };
                write!(
                    f,
                    "{not_found}: it expired at {}, because {reason}; `longshore tags history {}` shows what its tags named before",
                    moment(*expired_at),
                    repository.repository
                )
            }
            Self::IsThere { repository, digest } => write!(
                f,
                "The image with digest '{digest}' is there in the repository with name {}, so there is nothing to restore",
                place(repository)
            ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_that_expired_is_told_with_when_and_why() {
        let arn = "arn:aws:ecr:us-east-1:123456789012:repository/web";
        let expired = UndoRefusal::Expired {
            repository: RepositoryArn::parse(arn).unwrap(),
            digest: Digest::sha256(b""),
            expired_at: Timestamp::from_micros(0),
            reason: "rule 1 keeps the newest image; enough newer ones were there".to_owned(),
        };
        let ends = "does not exist within the repository with name 'web' in the registry with id \
                    '123456789012': it expired at 1970-01-01T00:00:00Z, because rule 1 keeps the \
                    newest image; enough newer ones were there; `longshore tags history web` shows \
                    what its tags named before";
        assert!(expired.to_string().ends_with(ends), "{expired}");
    }
}
