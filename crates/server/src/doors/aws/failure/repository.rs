//! The refusals about repositories, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::RepositoryRefusal;
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &RepositoryRefusal) -> ErrorType {
    match refusal {
        RepositoryRefusal::NotFound(_) => E::RepositoryNotFound.kind(),
        RepositoryRefusal::AlreadyExists(_) => E::RepositoryAlreadyExists.kind(),
        RepositoryRefusal::NotEmpty(_) => E::RepositoryNotEmpty.kind(),
        RepositoryRefusal::TooManyTags { .. } => E::TooManyTags.kind(),
        RepositoryRefusal::InvalidTag(_) => E::InvalidTagParameter.kind(),
    }
}
