//! The refusals of IAM's verbs, with IAM's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use iam::IamRefusal;
use wire::aws::iam::Exception as E;
use wire::aws::{ErrorType, QueryDoor};

pub(super) fn kind(refusal: &IamRefusal) -> ErrorType {
    match refusal {
        IamRefusal::NoSuchEntity(_) => E::NoSuchEntity.kind(),
        IamRefusal::EntityAlreadyExists(_) => E::EntityAlreadyExists.kind(),
        IamRefusal::DeleteConflict(_) => E::DeleteConflict.kind(),
        IamRefusal::LimitExceeded(_) => E::LimitExceeded.kind(),
        IamRefusal::InvalidInput(_) => E::InvalidInput.kind(),
        IamRefusal::ValidationError(_) => QueryDoor::ValidationError.kind(),
        IamRefusal::MalformedPolicyDocument(_) => E::MalformedPolicyDocument.kind(),
        IamRefusal::UnmodifiableEntity(_) => E::UnmodifiableEntity.kind(),
        IamRefusal::PolicyNotAttachable(_) => E::PolicyNotAttachable.kind(),
        IamRefusal::PolicyEvaluation(_) => E::PolicyEvaluation.kind(),
    }
}
