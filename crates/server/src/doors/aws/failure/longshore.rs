//! The refusals of the verbs of accounts, with the codes of our own administration API.

#![deny(clippy::wildcard_enum_match_arm)]

use iam::{IamRefusal, Missing};
use operations::Refusal;
use wire::aws::longshore::Exception as E;
use wire::aws::{ErrorType, WireRefusal};

use super::verb;

/// The administration of accounts shares its refusals with IAM, which calls them otherwise.
pub(super) fn tell(refusal: &Refusal) -> WireRefusal {
    if let Refusal::Iam(refusal) = refusal {
        return WireRefusal::new(kind(refusal), refusal.to_string());
    }
    verb::tell(refusal)
}

fn kind(refusal: &IamRefusal) -> ErrorType {
    match refusal {
        IamRefusal::NoSuchEntity(Missing::Account(_)) => E::AccountNotFound.kind(),
        IamRefusal::NoSuchEntity(_) => E::PrincipalNotFound.kind(),
        IamRefusal::EntityAlreadyExists(_) => E::AccountAlreadyExists.kind(),
        // The only one here is that the first account stays open.
        IamRefusal::DeleteConflict(_)
        | IamRefusal::LimitExceeded(_)
        | IamRefusal::InvalidInput(_)
        | IamRefusal::ValidationError(_)
        | IamRefusal::MalformedPolicyDocument(_)
        | IamRefusal::UnmodifiableEntity(_)
        | IamRefusal::PolicyNotAttachable(_)
        | IamRefusal::PolicyEvaluation(_) => E::InvalidParameter.kind(),
    }
}
