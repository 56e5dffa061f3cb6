//! The refusals about secrets, with the codes of Secrets Manager.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::SecretRefusal as R;
use wire::aws::ErrorType;
use wire::aws::secrets_manager::Exception as E;

pub(super) fn kind(refusal: &R) -> ErrorType {
    match refusal {
        R::NotFound | R::VersionNotFound { .. } | R::StageNotFound { .. } => {
            E::ResourceNotFound.kind()
        }
        R::Exists { .. } | R::TokenInUse { .. } => E::ResourceExists.kind(),
        R::OtherStage
        | R::MarkedForDeletion
        | R::AlreadyScheduled
        | R::ExistsScheduled
        | R::NoValue => E::InvalidRequest.kind(),
        R::TwoValues
        | R::InvalidName
        | R::InvalidWindow
        | R::WindowWithForce
        | R::InvalidTag(_)
        | R::NoPassword(_) => E::InvalidParameter.kind(),
        R::TooManyStages { .. } | R::TooManyTags { .. } => E::LimitExceeded.kind(),
        R::MalformedPolicy(_) => E::MalformedPolicyDocument.kind(),
        R::PublicPolicy => E::PublicPolicy.kind(),
    }
}
