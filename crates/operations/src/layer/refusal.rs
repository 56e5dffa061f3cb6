use std::fmt;

use names::{Digest, RepositoryArn};

use crate::wording::place;

/// Refusals about layers that are, or are not, in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum LayerRefusal {
    /// The repository has no such layer.
    NotFound { repository: RepositoryArn, digest: Digest },
    /// The layer exists, but no image refers to it.
    Inaccessible { repository: RepositoryArn, digest: Digest },
    /// The layer is in the archive storage.
    Archived { repository: RepositoryArn, digest: Digest },
    /// An image still needs the blob.
    InUse { repository: RepositoryArn, digest: Digest },
    /// The repository has this layer.
    AlreadyExists { repository: RepositoryArn, digest: Digest },
}

impl fmt::Display for LayerRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' does not exist in the repository with name {}",
                place(repository)
            ),
            Self::Inaccessible { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' in the repository with name {} is not associated with an image",
                place(repository)
            ),
            Self::Archived { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' in the repository with name {} is archived",
                place(repository)
            ),
            Self::InUse { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' cannot be deleted from the repository with name {} because an image refers to it",
                place(repository)
            ),
            Self::AlreadyExists { repository, digest } => write!(
                f,
                "The layer with digest '{digest}' already exists in the repository with name {}",
                place(repository)
            ),
        }
    }
}
