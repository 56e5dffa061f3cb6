//! The refusals of ECR's verbs, with ECR's codes.

#![deny(clippy::wildcard_enum_match_arm)]

use names::{RepositoryArn, UploadId};
use operations::Refusal;
use wire::aws::ecr::{Exception, InvalidLayerPartException};
use wire::aws::{ErrorType, FrontDoor, WireRefusal};

use super::super::ecr::written;
use super::{iam, sts};

/// A part that does not continue where the upload ends, with what the client needs to continue.
pub(in crate::doors::aws) fn invalid_layer_part(
    repository: &RepositoryArn,
    upload: &UploadId,
    received_bytes: u64,
    text: String,
) -> WireRefusal {
    WireRefusal::new(Exception::InvalidLayerPart, text).with(&InvalidLayerPartException {
        registry_id: Some(repository.registry.account.to_string()),
        repository_name: Some(repository.repository.to_string()),
        upload_id: Some(upload.to_string()),
        // An upload without bytes has no last byte.
        last_valid_byte_received: received_bytes.checked_sub(1).map(written::bytes),
    })
}

/// A refusal in the words of the service that it is one of.
pub(in crate::doors::aws) fn tell(refusal: &Refusal) -> WireRefusal {
    let text = refusal.to_string();
    if let Refusal::PartOutOfOrder { repository, upload, first_byte: _, expected } = refusal {
        return invalid_layer_part(repository, upload, *expected, text);
    }
    WireRefusal::new(kind(refusal), text)
}

fn kind(refusal: &Refusal) -> ErrorType {
    use Exception as E;
    match refusal {
        Refusal::ReadOnly => FrontDoor::ReadOnly.kind(),
        Refusal::RepositoryNotFound(_) => E::RepositoryNotFound.kind(),
        Refusal::RepositoryPolicyNotFound(_) => E::RepositoryPolicyNotFound.kind(),
        Refusal::LifecyclePolicyNotFound(_) => E::LifecyclePolicyNotFound.kind(),
        Refusal::LifecyclePolicyPreviewNotFound(_) => E::LifecyclePolicyPreviewNotFound.kind(),
        Refusal::LifecyclePolicyPreviewInProgress(_) => E::LifecyclePolicyPreviewInProgress.kind(),
        Refusal::ExclusionNotFound(_) => E::ExclusionNotFound.kind(),
        Refusal::ExclusionAlreadyExists(_) => E::ExclusionAlreadyExists.kind(),
        Refusal::RegistryPolicyNotFound(_) => E::RegistryPolicyNotFound.kind(),
        Refusal::RepositoryAlreadyExists(_) => E::RepositoryAlreadyExists.kind(),
        Refusal::RepositoryNotEmpty(_) => E::RepositoryNotEmpty.kind(),
        Refusal::ImageNotFound { .. } => E::ImageNotFound.kind(),
        Refusal::ImageAlreadyExists { .. } => E::ImageAlreadyExists.kind(),
        Refusal::TagImmutable { .. } => E::ImageTagAlreadyExists.kind(),
        Refusal::ImageDigestDoesNotMatch { .. } => E::ImageDigestDoesNotMatch.kind(),
        Refusal::ReferencedImagesNotFound { .. } => E::ReferencedImagesNotFound.kind(),
        Refusal::LayersNotFound { .. } | Refusal::LayerNotFound { .. } => E::LayersNotFound.kind(),
        Refusal::LayerInaccessible { .. } => E::LayerInaccessible.kind(),
        Refusal::PartOutOfOrder { .. } => E::InvalidLayerPart.kind(),
        Refusal::PartTooSmall => E::LayerPartTooSmall.kind(),
        Refusal::LayerDigestDiffers { .. } => E::InvalidLayer.kind(),
        Refusal::EmptyUpload { .. } => E::EmptyUpload.kind(),
        Refusal::LayerAlreadyExists { .. } => E::LayerAlreadyExists.kind(),
        Refusal::UploadNotFound { .. } => E::UploadNotFound.kind(),
        Refusal::TooManyParts { .. }
        | Refusal::LayerTooLarge { .. }
        | Refusal::TooManyImageTags { .. }
        | Refusal::TooManyExclusions { .. } => E::LimitExceeded.kind(),
        Refusal::TooManyResourceTags { .. } => E::TooManyTags.kind(),
        Refusal::InvalidResourceTag(_) => E::InvalidTagParameter.kind(),
        Refusal::ArchiveOfReferenced { .. } | Refusal::StorageClassUnchangeable { .. } => {
            E::ImageStorageClassUpdateNotSupported.kind()
        }
        Refusal::KmsUnavailable => E::Kms.kind(),
        // ECR has no code for these; the first is the manifest's fault, and its operations never
        // cause the others.
        Refusal::LayerSizeDiffers { .. }
        | Refusal::LayerInUse { .. }
        | Refusal::ReferencedByManifestList { .. }
        | Refusal::InvalidParameter { .. } => E::InvalidParameter.kind(),
        Refusal::Iam(refusal) => iam::kind(refusal),
        Refusal::Sts(refusal) => sts::kind(refusal),
        // Clients retry a throttled call, and by then the other request has ended.
        Refusal::UploadBusy { .. } => FrontDoor::Throttling.kind(),
        Refusal::BodyLengthDiffers { .. } | Refusal::BodyBroken => FrontDoor::RequestAborted.kind(),
    }
}
