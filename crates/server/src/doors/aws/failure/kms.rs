//! The refusals of KMS, with KMS's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use ::kms::KmsRefusal;
use wire::aws::kms::Exception as E;
use wire::aws::{ErrorType, FrontDoor, WireRefusal};

/// What a client may not do with an alias of a service. No model declares it.
const NOT_AUTHORIZED: ErrorType = ErrorType { name: "NotAuthorizedException", status: 400 };

/// A refusal in KMS's words.
pub(in crate::doors::aws) fn kms_refusal(refusal: &KmsRefusal) -> WireRefusal {
    WireRefusal::new(kind(refusal), refusal.to_string())
}

fn kind(refusal: &KmsRefusal) -> ErrorType {
    match refusal {
        KmsRefusal::KeyNotFound(_)
        | KmsRefusal::AliasNotFound(_)
        | KmsRefusal::NoKeyId(_)
        | KmsRefusal::OtherRegion(_)
        | KmsRefusal::NoSuchPolicy
        | KmsRefusal::GrantNotFound(_) => E::NotFound.kind(),
        KmsRefusal::InvalidArn(_) => E::InvalidArn.kind(),
        KmsRefusal::Disabled(_) => E::Disabled.kind(),
        KmsRefusal::PendingDeletion(_) | KmsRefusal::NotPendingDeletion(_) => {
            E::KMSInvalidState.kind()
        }
        KmsRefusal::KeyUsage { .. } | KmsRefusal::Algorithm { .. } => E::InvalidKeyUsage.kind(),
        KmsRefusal::InvalidCiphertext => E::InvalidCiphertext.kind(),
        KmsRefusal::IncorrectKey => E::IncorrectKey.kind(),
        KmsRefusal::CiphertextOfNoKey
        | KmsRefusal::NotGranted { .. }
        | KmsRefusal::DeniedToService { .. } => FrontDoor::AccessDenied.kind(),
        KmsRefusal::InvalidSignature => E::KMSInvalidSignature.kind(),
        KmsRefusal::InvalidGrantToken => E::InvalidGrantToken.kind(),
        KmsRefusal::InvalidGrantId => E::InvalidGrantId.kind(),
        KmsRefusal::DryRun => E::DryRunOperation.kind(),
        KmsRefusal::AliasExists(_) => E::AlreadyExists.kind(),
        KmsRefusal::AliasReserved(_) => NOT_AUTHORIZED,
        KmsRefusal::LimitExceeded(_) => E::LimitExceeded.kind(),
        KmsRefusal::MalformedPolicy(_) => E::MalformedPolicyDocument.kind(),
        KmsRefusal::Tag(_) => E::Tag.kind(),
        KmsRefusal::Unsupported(_) => E::UnsupportedOperation.kind(),
        KmsRefusal::Validation(_) => FrontDoor::Validation.kind(),
    }
}
