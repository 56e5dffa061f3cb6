use std::fmt;

use names::{RegistryId, RepositoryArn, TemplatePrefix};

/// Refusals about repository creation templates.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum TemplateRefusal {
    /// There is no template with this prefix.
    NotFound { prefix: TemplatePrefix, registry: RegistryId },
    /// There is one.
    AlreadyExists { prefix: TemplatePrefix, registry: RegistryId },
    /// The registry has as many templates as it can have.
    TooMany { templates_max: u32 },
    /// The template that fits a repository gives it tags or a KMS key, and names no role that may.
    RoleNeeded { prefix: TemplatePrefix, repository: RepositoryArn },
    /// The role that the template names is not there, or does not trust ECR.
    RoleNotAssumed { role: String, repository: RepositoryArn },
}

impl fmt::Display for TemplateRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { prefix, registry } => write!(
                f,
                "The repository creation template with prefix '{prefix}' does not exist in the registry with id '{}'",
                registry.account
            ),
            Self::AlreadyExists { prefix, registry } => write!(
                f,
                "The repository creation template with prefix '{prefix}' already exists in the registry with id '{}'",
                registry.account
            ),
            Self::TooMany { templates_max } => write!(
                f,
                "A registry cannot have more than {templates_max} repository creation templates"
            ),
            Self::RoleNeeded { prefix, repository } => write!(
                f,
                "The repository with name '{}' cannot be created in the registry with id '{}': the repository creation \
                 template with prefix '{prefix}' sets resource tags or a KMS key, which needs a customRoleArn",
                repository.repository, repository.registry.account
            ),
            Self::RoleNotAssumed { role, repository } => write!(
                f,
                "The repository with name '{}' cannot be created in the registry with id '{}': ecr.amazonaws.com cannot \
                 assume the role {role} of the repository creation template; check that it exists and trusts that service",
                repository.repository, repository.registry.account
            ),
        }
    }
}
