use std::fmt;

use names::{RegistryId, RepositoryArn};

use crate::wording::place;

/// Refusals about policies of repositories and registries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourcePolicyRefusal {
    /// The repository has no policy.
    NotFoundOfRepository(RepositoryArn),
    /// The registry has none.
    NotFoundOfRegistry(RegistryId),
}

impl fmt::Display for ResourcePolicyRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFoundOfRepository(arn) => write!(
                f,
                "Repository policy does not exist for the repository with name {}",
                place(arn)
            ),
            Self::NotFoundOfRegistry(registry) => write!(
                f,
                "Registry policy does not exist in the registry with id '{}'",
                registry.account
            ),
        }
    }
}
