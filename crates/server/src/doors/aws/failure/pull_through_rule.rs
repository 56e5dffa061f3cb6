//! The refusals about the rules of pull through caches, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::{CredentialFlaw, PullThroughRuleRefusal};
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &PullThroughRuleRefusal) -> ErrorType {
    match refusal {
        PullThroughRuleRefusal::NotFound { .. } => E::PullThroughCacheRuleNotFound.kind(),
        PullThroughRuleRefusal::AlreadyExists { .. } => E::PullThroughCacheRuleAlreadyExists.kind(),
        PullThroughRuleRefusal::TooMany { .. } => E::LimitExceeded.kind(),
        PullThroughRuleRefusal::Unsupported(_) => E::UnsupportedUpstreamRegistry.kind(),
        PullThroughRuleRefusal::Secret(why) => of_secret(*why),
    }
}

fn of_secret(why: CredentialFlaw) -> ErrorType {
    match why {
        CredentialFlaw::NotFound => E::SecretNotFound.kind(),
        CredentialFlaw::Denied => E::UnableToAccessSecret.kind(),
        CredentialFlaw::Sealed | CredentialFlaw::Malformed => E::UnableToDecryptSecretValue.kind(),
    }
}
