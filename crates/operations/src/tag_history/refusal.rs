use std::fmt;

use names::{Digest, ImageStatus, ImageTag, RepositoryArn};

use crate::wording::{moment, place};

/// Refusals about what tags named before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum TagHistoryRefusal {
    /// The history of the tag knows no such version.
    VersionNotFound { repository: RepositoryArn, tag: ImageTag, version: TagVersion },
    /// The version is an image that cannot be pulled.
    ImageInaccessible { repository: RepositoryArn, digest: Digest, status: ImageStatus },
}

/// Which of a tag's versions is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagVersion {
    /// The one before the one that it names now.
    Before,
    /// This image.
    Digest(Digest),
    /// The one that it named at a moment.
    At(names::Timestamp),
}

impl fmt::Display for TagHistoryRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::VersionNotFound { repository, tag, version } => {
                let place = place(repository);
                match version {
                    TagVersion::Before => write!(
                        f,
                        "The history of the tag '{tag}' knows no earlier image in the repository with name {place}"
                    ),
                    TagVersion::Digest(digest) => write!(
                        f,
                        "The history of the tag '{tag}' does not know the image with digest '{digest}' in the repository with name {place}"
                    ),
                    TagVersion::At(at) => write!(
                        f,
                        "The history of the tag '{tag}' knows no image at {} in the repository with name {place}",
                        moment(*at)
                    ),
                }
            }
            Self::ImageInaccessible { repository, digest, status } => write!(
                f,
                "The image with digest '{digest}' in the repository with name {} is {} and must be restored before a tag can be rolled back to it",
                place(repository),
                status.as_str()
            ),
        }
    }
}
