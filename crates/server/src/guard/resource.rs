use std::fmt;

use iam::{KeyStanding, SecretStanding};
use names::{AccountId, RegistryId, RepositoryArn};

/// The resource of an action.
#[derive(Debug, Clone)]
pub(crate) enum Resource {
    /// One repository.
    Repository(RepositoryArn),
    /// The repositories of a registry: a list of them.
    Repositories(RegistryId),
    /// The registry itself: AWS prints it as `*`.
    Registry(RegistryId),
    /// Something in IAM or STS that has an ARN, an alias of a KMS key, a trail, or one of its
    /// files.
    Iam {
        /// Its ARN: that of the existing resource, in the stored spelling. Policies are compared
        /// with it.
        arn: String,
        /// Its name in a refusal, if the caller named it by less than its ARN: a caller that may
        /// not look at it learns neither that it exists, nor its spelling, nor its path.
        asked: Option<String>,
        /// The account that it is in.
        account: AccountId,
    },
    /// A KMS key.
    Key(Box<KeyResource>),
    /// A secret.
    Secret(Box<SecretResource>),
    /// The account itself: AWS prints it as `*`.
    Account(AccountId),
}

/// A KMS key, and what decides about it.
#[derive(Debug, Clone)]
pub(crate) struct KeyResource {
    /// Its policy, and the grants that the request satisfies.
    pub(crate) standing: KeyStanding,
    /// Its name in a refusal, if the caller named it by an alias.
    pub(crate) asked: Option<String>,
}

/// A secret, and what decides about it.
#[derive(Debug, Clone)]
pub(crate) struct SecretResource {
    /// Its policy and its tags.
    pub(crate) standing: SecretStanding,
    /// Its name in a refusal, if the caller named it by less than its ARN.
    pub(crate) asked: Option<String>,
}

impl Resource {
    /// Something in IAM or STS that the caller named by this very ARN.
    pub(crate) fn iam(arn: String, account: AccountId) -> Self {
        Self::Iam { arn, asked: None, account }
    }

    /// Its name in a refusal.
    pub(crate) fn as_asked(&self) -> String {
        match self {
            Self::Iam { asked: Some(asked), .. } => asked.clone(),
            Self::Key(key) => key.asked.clone().unwrap_or_else(|| self.to_string()),
            Self::Secret(secret) => secret.asked.clone().unwrap_or_else(|| self.to_string()),
            other => other.to_string(),
        }
    }

    /// Its account.
    pub(crate) fn account(&self) -> &AccountId {
        match self {
            Self::Repository(arn) => &arn.registry.account,
            Self::Repositories(registry) | Self::Registry(registry) => &registry.account,
            Self::Key(key) => &key.standing.arn.registry.account,
            Self::Secret(secret) => &secret.standing.account,
            Self::Iam { account, .. } | Self::Account(account) => account,
        }
    }

    /// The repository, if it is one.
    pub(crate) fn repository(&self) -> Option<&RepositoryArn> {
        match self {
            Self::Repository(arn) => Some(arn),
            Self::Repositories(_)
            | Self::Registry(_)
            | Self::Iam { .. }
            | Self::Key(_)
            | Self::Secret(_)
            | Self::Account(_) => None,
        }
    }

    /// What decides about the KMS key, if it is one.
    pub(crate) fn key(&self) -> Option<&KeyStanding> {
        match self {
            Self::Key(key) => Some(&key.standing),
            Self::Repository(_)
            | Self::Repositories(_)
            | Self::Registry(_)
            | Self::Iam { .. }
            | Self::Secret(_)
            | Self::Account(_) => None,
        }
    }

    /// What decides about the secret, if it is one.
    pub(crate) fn secret(&self) -> Option<&SecretStanding> {
        match self {
            Self::Secret(secret) => Some(&secret.standing),
            Self::Repository(_)
            | Self::Repositories(_)
            | Self::Registry(_)
            | Self::Iam { .. }
            | Self::Key(_)
            | Self::Account(_) => None,
        }
    }

    /// The registry whose policy applies.
    pub(crate) fn registry(&self) -> Option<&RegistryId> {
        match self {
            Self::Repository(arn) => Some(&arn.registry),
            Self::Repositories(registry) | Self::Registry(registry) => Some(registry),
            Self::Iam { .. } | Self::Key(_) | Self::Secret(_) | Self::Account(_) => None,
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repository(arn) => arn.fmt(f),
            Self::Repositories(RegistryId { account, region }) => {
                write!(f, "arn:aws:ecr:{region}:{account}:repository/*")
            }
            Self::Registry(_) | Self::Account(_) => f.write_str("*"),
            Self::Iam { arn, .. } => f.write_str(arn),
            Self::Key(key) => key.standing.arn.fmt(f),
            Self::Secret(secret) => f.write_str(&secret.standing.arn),
        }
    }
}
