//! The refusals about the keys of repositories, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::EncryptionRefusal;
use wire::aws::ecr::{Exception as E, KmsException};
use wire::aws::{WireRefusal, longshore};

/// A refusal of KMS, as ECR passes it on: with KMS's sentence, and the name of its error.
pub(in crate::doors::aws) fn kms_exception(code: &str, message: &str) -> WireRefusal {
    let members = KmsException { kms_error: Some(code.to_owned()) };
    WireRefusal::new(E::Kms, message).with(&members)
}

pub(super) fn tell(refusal: &EncryptionRefusal) -> WireRefusal {
    let text = refusal.to_string();
    match refusal {
        EncryptionRefusal::Key { key: _, code, message: _ } => kms_exception(code, &text),
        // SDKs try again after an error of the server.
        EncryptionRefusal::Unavailable { .. } => WireRefusal::new(E::Server, text),
        EncryptionRefusal::TwoLayers | EncryptionRefusal::SameKey { .. } => {
            WireRefusal::new(E::InvalidParameter, text)
        }
        EncryptionRefusal::RekeyInProgress { .. } => {
            WireRefusal::new(longshore::Exception::RekeyInProgress, text)
        }
    }
}
