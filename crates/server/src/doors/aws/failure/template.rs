//! The refusals about repository creation templates, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::TemplateRefusal;
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &TemplateRefusal) -> ErrorType {
    match refusal {
        TemplateRefusal::NotFound { .. } => E::TemplateNotFound.kind(),
        TemplateRefusal::AlreadyExists { .. } => E::TemplateAlreadyExists.kind(),
        TemplateRefusal::TooMany { .. } => E::LimitExceeded.kind(),
        // Only pushes meet it.
        TemplateRefusal::RoleNeeded { .. } | TemplateRefusal::RoleNotAssumed { .. } => {
            E::InvalidParameter.kind()
        }
    }
}
