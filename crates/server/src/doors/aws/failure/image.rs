//! The refusals about images, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::{ImageRefusal, UndoRefusal};
use wire::aws::ErrorType;
use wire::aws::ecr::Exception as E;

pub(super) fn kind(refusal: &ImageRefusal) -> ErrorType {
    match refusal {
        ImageRefusal::NotFound { .. } => E::ImageNotFound.kind(),
        ImageRefusal::AlreadyExists { .. } => E::ImageAlreadyExists.kind(),
        ImageRefusal::TagImmutable { .. } => E::ImageTagAlreadyExists.kind(),
        ImageRefusal::DigestDoesNotMatch { .. } => E::ImageDigestDoesNotMatch.kind(),
        ImageRefusal::ReferencedImagesNotFound { .. } => E::ReferencedImagesNotFound.kind(),
        ImageRefusal::LayersNotFound { .. } => E::LayersNotFound.kind(),
        ImageRefusal::TooManyTags { .. } => E::LimitExceeded.kind(),
        ImageRefusal::ArchiveOfReferenced { .. }
        | ImageRefusal::StorageClassUnchangeable { .. } => {
            E::ImageStorageClassUpdateNotSupported.kind()
        }
        // ECR has no code for these. The first is the manifest's fault, and its operations never
        // cause the other.
        ImageRefusal::LayerSizeDiffers { .. } | ImageRefusal::ReferencedByManifestList { .. } => {
            E::InvalidParameter.kind()
        }
    }
}

/// To a client that looks at codes alone, an image that can be restored is as little there as any
/// other.
pub(super) fn kind_of_undo(refusal: &UndoRefusal) -> ErrorType {
    match refusal {
        UndoRefusal::Restorable { .. }
        | UndoRefusal::Expired { .. }
        | UndoRefusal::NothingKept { .. }
        | UndoRefusal::NotKept { .. } => E::ImageNotFound.kind(),
        UndoRefusal::IsThere { .. } => E::ImageAlreadyExists.kind(),
    }
}
