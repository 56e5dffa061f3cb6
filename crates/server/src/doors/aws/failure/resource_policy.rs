//! The refusals about policies of repositories and registries, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::ResourcePolicyRefusal;
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &ResourcePolicyRefusal) -> ErrorType {
    match refusal {
        ResourcePolicyRefusal::NotFoundOfRepository(_) => E::RepositoryPolicyNotFound.kind(),
        ResourcePolicyRefusal::NotFoundOfRegistry(_) => E::RegistryPolicyNotFound.kind(),
    }
}
