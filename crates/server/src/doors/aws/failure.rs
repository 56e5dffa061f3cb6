//! The AWS face of what can go wrong. Exhaustive on purpose: a new refusal does not compile until it has a code.

#![deny(clippy::wildcard_enum_match_arm)]

use names::{RepositoryArn, UploadId};
use operations::{Failure, Fault, Refusal};
use wire::aws::ecr::{Exception, InvalidLayerPartException};
use wire::aws::{ErrorType, FrontDoor, WireRefusal};

use super::written;
use crate::authenticate::Unknown;
use crate::guard::NotAllowed;
use crate::request_id::RequestId;

/// Why a call is not answered with its output.
#[derive(Debug)]
pub(super) enum Refused {
    /// The client's doing, in the words that it reads.
    Told(WireRefusal),
    /// Ours or the world's.
    Fault(Fault),
}

impl From<WireRefusal> for Refused {
    fn from(refusal: WireRefusal) -> Self {
        Self::Told(refusal)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Told(tell(&refusal))
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<NotAllowed> for Refused {
    fn from(not_allowed: NotAllowed) -> Self {
        match not_allowed {
            NotAllowed::Denied(denied) => {
                Self::Told(WireRefusal::new(FrontDoor::AccessDenied, denied.to_string()))
            }
            NotAllowed::Failed(failure) => failure.into(),
        }
    }
}

impl From<Unknown> for Refused {
    fn from(unknown: Unknown) -> Self {
        let told = |kind: ErrorType, text: &str| Self::Told(WireRefusal::new(kind, text));
        match unknown {
            Unknown::Signature(refusal) => {
                let status = refusal.status_json().as_u16();
                told(ErrorType { name: refusal.code_json(), status }, &refusal.message())
            }
            Unknown::NoCredentials => {
                told(FrontDoor::MissingAuthenticationToken.kind(), "Missing Authentication Token")
            }
            Unknown::BadCredentials => told(
                FrontDoor::UnrecognizedClient.kind(),
                "The security token included in the request is invalid.",
            ),
            Unknown::TokenExpired => told(
                FrontDoor::ExpiredToken.kind(),
                "The security token included in the request is expired",
            ),
            Unknown::Failed(failure) => failure.into(),
        }
    }
}

impl Refused {
    /// What the client is told. A fault goes to the log, whole, and comes out as a name to look it up by.
    pub(super) fn into_told(self, request: &RequestId, operation: &'static str) -> WireRefusal {
        let fault = match self {
            Self::Told(refusal) => return refusal,
            Self::Fault(fault) => fault,
        };
        tracing::error!(
            request.id = %request,
            operation,
            error = fault.chain(),
            "a call failed that should not have"
        );
        let text = match fault {
            Fault::Full(_) => "The registry has no space left".to_owned(),
            Fault::Corrupt(_) | Fault::Broken(_) => {
                format!("The registry failed to answer; its log says why under {request}")
            }
        };
        WireRefusal::new(Exception::Server, text)
    }
}

/// A part that does not go on where the upload ends, with what the client needs to go on.
pub(super) fn invalid_layer_part(
    repository: &RepositoryArn,
    upload: &UploadId,
    received_bytes: u64,
    text: String,
) -> WireRefusal {
    WireRefusal::new(Exception::InvalidLayerPart, text).with(&InvalidLayerPartException {
        registry_id: Some(repository.registry.account.to_string()),
        repository_name: Some(repository.repository.to_string()),
        upload_id: Some(upload.to_string()),
        // Of an upload without bytes there is no last one.
        last_valid_byte_received: received_bytes.checked_sub(1).map(written::bytes),
    })
}

fn tell(refusal: &Refusal) -> WireRefusal {
    let text = refusal.to_string();
    if let Refusal::PartOutOfOrder { repository, upload, first_byte: _, expected } = refusal {
        return invalid_layer_part(repository, upload, *expected, text);
    }
    WireRefusal::new(kind(refusal), text)
}

fn kind(refusal: &Refusal) -> ErrorType {
    use Exception as E;
    match refusal {
        Refusal::RepositoryNotFound(_) => E::RepositoryNotFound.kind(),
        Refusal::RepositoryPolicyNotFound(_) => E::RepositoryPolicyNotFound.kind(),
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
        | Refusal::TooManyImageTags { .. } => E::LimitExceeded.kind(),
        Refusal::TooManyResourceTags { .. } => E::TooManyTags.kind(),
        Refusal::InvalidResourceTag(_) => E::InvalidTagParameter.kind(),
        Refusal::KmsUnavailable => E::Kms.kind(),
        // ECR has no code for these; the first is the manifest's fault, and the others are not asked for
        // by its operations.
        Refusal::LayerSizeDiffers { .. }
        | Refusal::LayerInUse { .. }
        | Refusal::ReferencedByManifestList { .. }
        | Refusal::InvalidParameter { .. }
        | Refusal::Iam(_)
        | Refusal::Sts(_) => E::InvalidParameter.kind(),
        // Clients retry what is throttled, and by then the other request has ended.
        Refusal::UploadBusy { .. } => FrontDoor::Throttling.kind(),
        Refusal::BodyLengthDiffers { .. } | Refusal::BodyBroken => FrontDoor::RequestAborted.kind(),
    }
}
