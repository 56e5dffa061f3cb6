use std::fmt;

use crate::RoleDenied;

/// Refusals of STS. A variant is an STS error code; its field is the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StsRefusal {
    /// No caller may do it, or this caller may not, or not with these credentials.
    AccessDenied(String),
    /// The policies let not this caller play the role. The code is that of `AccessDenied`.
    RoleDenied(Box<RoleDenied>),
    /// A value that means nothing to STS, though the model lets it through.
    ValidationError(String),
    /// A session policy that is none. The words are those of the policy parser.
    MalformedPolicyDocument(String),
    /// The token of an identity provider is not one that the account trusts.
    InvalidIdentityToken(String),
    /// A context provider's assertion is not trusted.
    InvalidContextAssertion(String),
    /// A session cannot outlive itself.
    InsufficientSessionLifetime(String),
}

impl fmt::Display for StsRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccessDenied(text)
            | Self::ValidationError(text)
            | Self::MalformedPolicyDocument(text)
            | Self::InvalidIdentityToken(text)
            | Self::InvalidContextAssertion(text)
            | Self::InsufficientSessionLifetime(text) => f.write_str(text),
            Self::RoleDenied(denied) => f.write_str(&denied.sentence),
        }
    }
}
