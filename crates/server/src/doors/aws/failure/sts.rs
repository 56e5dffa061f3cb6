//! The refusals of STS's verbs, with STS's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use iam::StsRefusal;
use wire::aws::sts::Exception as E;
use wire::aws::{ErrorType, QueryDoor};

pub(super) fn kind(refusal: &StsRefusal) -> ErrorType {
    match refusal {
        StsRefusal::AccessDenied(_) | StsRefusal::RoleDenied(_) => QueryDoor::AccessDenied.kind(),
        StsRefusal::ValidationError(_) => QueryDoor::ValidationError.kind(),
        StsRefusal::MalformedPolicyDocument(_) => E::MalformedPolicyDocument.kind(),
        StsRefusal::InvalidIdentityToken(_) => E::InvalidIdentityToken.kind(),
        StsRefusal::InvalidContextAssertion(_) => E::InvalidContextAssertion.kind(),
        StsRefusal::InsufficientSessionLifetime(_) => E::InsufficientSessionLifetime.kind(),
    }
}
