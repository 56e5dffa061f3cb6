use std::fmt;

use names::{CachePrefix, RegistryId};

use super::upstream_refusal::CredentialFlaw;

/// Refusals about the rules of pull through caches.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum PullThroughRuleRefusal {
    /// There is no rule with this prefix.
    NotFound { prefix: CachePrefix, registry: RegistryId },
    /// There is one.
    AlreadyExists { prefix: CachePrefix, registry: RegistryId },
    /// The registry has as many rules as it can have.
    TooMany { rules_max: u32 },
    /// The upstream registry does not fit the rest of the rule.
    Unsupported(UnsupportedUpstream),
    /// The secret cannot be named in a rule.
    Secret(CredentialFlaw),
}

/// Why an upstream registry does not fit the rest of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsupportedUpstream {
    /// It lets no one in without credentials.
    CredentialsNeeded,
    /// It lets everyone in.
    CredentialsUnneeded,
    /// It lets no one in with those.
    OtherLogin,
    /// The secret is in another account or Region.
    ForeignSecret,
    /// It is not the one that was named.
    OtherRegistry,
    /// It is the registry of the rule.
    Itself,
}

impl fmt::Display for PullThroughRuleRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { prefix, registry } => write!(
                f,
                "The pull through cache rule with prefix '{prefix}' does not exist in the registry with id '{}'",
                registry.account
            ),
            Self::AlreadyExists { prefix, registry } => write!(
                f,
                "The pull through cache rule with prefix '{prefix}' already exists in the registry with id '{}'",
                registry.account
            ),
            Self::TooMany { rules_max } => {
                write!(f, "A registry cannot have more than {rules_max} pull through cache rules")
            }
            Self::Unsupported(why) => why.fmt(f),
            Self::Secret(why) => why.fmt(f),
        }
    }
}

impl fmt::Display for UnsupportedUpstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CredentialsNeeded => {
                "The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN \
                 containing the upstream registry credentials and try again."
            }
            Self::CredentialsUnneeded => {
                "The specified upstream registry doesn't require authentication"
            }
            Self::OtherLogin => {
                "Upstream registry URL and provided credential type do not match"
            }
            Self::ForeignSecret => {
                "Please verify the secret exists in the same region and account that the pullthrough cache rule will be \
                 created in"
            }
            Self::OtherRegistry => {
                "Upstream registry URL and entered upstream registry do not match"
            }
            Self::Itself => "Upstream registry URL cannot be the same as the cache registry",
        })
    }
}

impl From<UnsupportedUpstream> for PullThroughRuleRefusal {
    fn from(why: UnsupportedUpstream) -> Self {
        Self::Unsupported(why)
    }
}
