use std::fmt;

use names::RepositoryArn;

/// Refusals about repositories and their tags.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum RepositoryRefusal {
    /// The repository is not there.
    NotFound(RepositoryArn),
    /// The name is taken.
    AlreadyExists(RepositoryArn),
    /// It holds images, and the caller did not pass `force`.
    NotEmpty(RepositoryArn),
    /// The repository would have too many resource tags.
    TooManyTags { tags_max: usize },
    /// A resource tag that AWS does not allow.
    InvalidTag(&'static str),
}

impl fmt::Display for RepositoryRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(arn) => write!(
                f,
                "The repository with name '{}' does not exist in the registry with id '{}'",
                arn.repository, arn.registry.account
            ),
            Self::AlreadyExists(arn) => write!(
                f,
                "The repository with name '{}' already exists in the registry with id '{}'",
                arn.repository, arn.registry.account
            ),
            Self::NotEmpty(arn) => write!(
                f,
                "The repository with name '{}' in registry with id '{}' cannot be deleted because it still contains images",
                arn.repository, arn.registry.account
            ),
            Self::TooManyTags { tags_max } => {
                write!(f, "A repository cannot have more than {tags_max} tags")
            }
            Self::InvalidTag(why) => f.write_str(why),
        }
    }
}
