use std::fmt;

use names::{Digest, RepositoryArn};

use crate::wording::place;

/// Refusals of the pull gate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum PullGateRefusal {
    /// The registry's gate holds the image back.
    HeldBack { repository: RepositoryArn, digest: Digest, why: String },
}

impl fmt::Display for PullGateRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeldBack { repository, digest, why } => write!(
                f,
                "The image '{digest}' in the repository with name {} is held back by the pull gate of the registry: {why}",
                place(repository)
            ),
        }
    }
}
