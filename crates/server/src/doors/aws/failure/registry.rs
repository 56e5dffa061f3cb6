//! The refusals about the settings of a registry, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::RegistryRefusal;
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &RegistryRefusal) -> ErrorType {
    match refusal {
        RegistryRefusal::ExclusionNotFound(_) => E::ExclusionNotFound.kind(),
        RegistryRefusal::ExclusionAlreadyExists(_) => E::ExclusionAlreadyExists.kind(),
        RegistryRefusal::TooManyExclusions { .. } => E::LimitExceeded.kind(),
    }
}
