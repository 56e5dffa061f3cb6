//! The refusals about uploads, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use names::{RepositoryArn, UploadId};
use operations::UploadRefusal;
use wire::aws::ecr::{Exception as E, InvalidLayerPartException};
use wire::aws::{ErrorType, FrontDoor, WireRefusal};

use super::super::sizes;

/// A part that does not continue where the upload ends, with what the client needs to continue.
pub(in crate::doors::aws) fn invalid_layer_part(
    repository: &RepositoryArn,
    upload: &UploadId,
    received_bytes: u64,
    text: String,
) -> WireRefusal {
    WireRefusal::new(E::InvalidLayerPart, text).with(&InvalidLayerPartException {
        registry_id: Some(repository.registry.account.to_string()),
        repository_name: Some(repository.repository.to_string()),
        upload_id: Some(upload.to_string()),
        // An upload without bytes has no last byte.
        last_valid_byte_received: received_bytes.checked_sub(1).map(sizes::bytes),
    })
}

pub(super) fn tell(refusal: &UploadRefusal) -> WireRefusal {
    let text = refusal.to_string();
    if let UploadRefusal::PartOutOfOrder { repository, upload, first_byte: _, expected } = refusal {
        return invalid_layer_part(repository, upload, *expected, text);
    }
    WireRefusal::new(kind(refusal), text)
}

fn kind(refusal: &UploadRefusal) -> ErrorType {
    match refusal {
        UploadRefusal::PartOutOfOrder { .. } => E::InvalidLayerPart.kind(),
        UploadRefusal::PartTooSmall => E::LayerPartTooSmall.kind(),
        UploadRefusal::DigestDiffers { .. } => E::InvalidLayer.kind(),
        UploadRefusal::Empty { .. } => E::EmptyUpload.kind(),
        UploadRefusal::NotFound { .. } => E::UploadNotFound.kind(),
        UploadRefusal::TooManyParts { .. } | UploadRefusal::TooLarge { .. } => {
            E::LimitExceeded.kind()
        }
        // Clients retry a throttled call, and by then the other request has ended.
        UploadRefusal::Busy { .. } => FrontDoor::Throttling.kind(),
        UploadRefusal::BodyLengthDiffers { .. } | UploadRefusal::BodyBroken => {
            FrontDoor::RequestAborted.kind()
        }
    }
}
