//! The OCI errors of the verbs' refusals, a table for each family.

#![deny(clippy::wildcard_enum_match_arm)]

use http::StatusCode;
use operations::{
    ImageRefusal, KeyringRefusal, LayerRefusal, LifecycleRefusal, PullGateRefusal, Refusal,
    RegistryRefusal, RepositoryRefusal, ResourcePolicyRefusal, TagHistoryRefusal, TemplateRefusal,
    UploadRefusal, UpstreamRefusal,
};
use wire::oci::ErrorCode;

use crate::doors::key_refusal;

type Kind = (StatusCode, ErrorCode);

/// Nothing that this door does, or nothing that it has a code for.
const UNSUPPORTED: Kind = (StatusCode::BAD_REQUEST, ErrorCode::Unsupported);

/// What the server, or the image's state, does not let anyone do.
const NOT_ALLOWED: Kind = (StatusCode::METHOD_NOT_ALLOWED, ErrorCode::Unsupported);

/// Status and code.
pub(super) fn kind(refusal: &Refusal) -> Kind {
    match refusal {
        Refusal::ReadOnly | Refusal::InvalidParameter(_) => NOT_ALLOWED,
        Refusal::Repository(refusal) => of_repository(refusal),
        Refusal::Encryption(refusal) => key_refusal::kind(refusal),
        Refusal::ResourcePolicy(refusal) => of_resource_policy(refusal),
        Refusal::Image(refusal) => of_image(refusal),
        Refusal::Layer(refusal) => of_layer(refusal),
        Refusal::Upload(refusal) => of_upload(refusal),
        Refusal::Lifecycle(refusal) => of_lifecycle(refusal),
        Refusal::Registry(refusal) => of_registry(refusal),
        Refusal::TagHistory(refusal) => of_tag_history(refusal),
        Refusal::Template(refusal) => of_template(refusal),
        Refusal::Upstream(refusal) => of_upstream(refusal),
        Refusal::Keyring(refusal) => of_keyring(refusal),
        Refusal::PullGate(PullGateRefusal::HeldBack { .. }) => {
            (StatusCode::FORBIDDEN, ErrorCode::Denied)
        }
        // No request at this door is about one.
        Refusal::Undo(_)
        | Refusal::EventRule(_)
        | Refusal::PullThroughRule(_)
        | Refusal::Secret(_)
        | Refusal::Scanning(_)
        | Refusal::Iam(_)
        | Refusal::Sts(_) => UNSUPPORTED,
    }
}

/// ECR says less about a missing image at this door than at its own.
pub(super) fn sentence(refusal: &Refusal) -> String {
    if let Refusal::Image(ImageRefusal::NotFound { .. }) = refusal {
        return "Requested image not found".to_owned();
    }
    refusal.to_string()
}

fn of_repository(refusal: &RepositoryRefusal) -> Kind {
    match refusal {
        RepositoryRefusal::NotFound(_) => (StatusCode::NOT_FOUND, ErrorCode::NameUnknown),
        RepositoryRefusal::AlreadyExists(_)
        | RepositoryRefusal::NotEmpty(_)
        | RepositoryRefusal::TooManyTags { .. }
        | RepositoryRefusal::InvalidTag(_) => UNSUPPORTED,
    }
}

fn of_resource_policy(refusal: &ResourcePolicyRefusal) -> Kind {
    match refusal {
        ResourcePolicyRefusal::NotFoundOfRepository(_)
        | ResourcePolicyRefusal::NotFoundOfRegistry(_) => UNSUPPORTED,
    }
}

fn of_lifecycle(refusal: &LifecycleRefusal) -> Kind {
    match refusal {
        LifecycleRefusal::PolicyNotFound(_)
        | LifecycleRefusal::PreviewNotFound(_)
        | LifecycleRefusal::PreviewInProgress(_) => UNSUPPORTED,
    }
}

fn of_registry(refusal: &RegistryRefusal) -> Kind {
    match refusal {
        RegistryRefusal::ExclusionNotFound(_)
        | RegistryRefusal::ExclusionAlreadyExists(_)
        | RegistryRefusal::TooManyExclusions { .. } => UNSUPPORTED,
    }
}

fn of_keyring(refusal: &KeyringRefusal) -> Kind {
    match refusal {
        KeyringRefusal::NoNewRootKey
        | KeyringRefusal::NodesWithout { .. }
        | KeyringRefusal::RotationUnderWay { .. }
        | KeyringRefusal::RootKeyNotFound(_)
        | KeyringRefusal::RootKeyInUse { .. }
        | KeyringRefusal::HandedKeyring { .. } => UNSUPPORTED,
    }
}

fn of_tag_history(refusal: &TagHistoryRefusal) -> Kind {
    match refusal {
        TagHistoryRefusal::VersionNotFound { .. } | TagHistoryRefusal::ImageInaccessible { .. } => {
            UNSUPPORTED
        }
    }
}

fn of_template(refusal: &TemplateRefusal) -> Kind {
    match refusal {
        TemplateRefusal::RoleNeeded { .. } => NOT_ALLOWED,
        TemplateRefusal::RoleNotAssumed { .. } => (StatusCode::FORBIDDEN, ErrorCode::Denied),
        TemplateRefusal::NotFound { .. }
        | TemplateRefusal::AlreadyExists { .. }
        | TemplateRefusal::TooMany { .. } => UNSUPPORTED,
    }
}

fn of_upstream(refusal: &UpstreamRefusal) -> Kind {
    match refusal {
        UpstreamRefusal::AccessDenied { .. } | UpstreamRefusal::NoCredentials { .. } => {
            (StatusCode::FORBIDDEN, ErrorCode::Denied)
        }
        UpstreamRefusal::TooManyRequests { .. } => {
            (StatusCode::TOO_MANY_REQUESTS, ErrorCode::TooManyRequests)
        }
        UpstreamRefusal::Unavailable { .. } => {
            (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unknown)
        }
    }
}

fn of_image(refusal: &ImageRefusal) -> Kind {
    match refusal {
        ImageRefusal::NotFound { .. } => (StatusCode::NOT_FOUND, ErrorCode::ManifestUnknown),
        ImageRefusal::TagImmutable { .. } | ImageRefusal::TooManyTags { .. } => {
            (StatusCode::BAD_REQUEST, ErrorCode::TagInvalid)
        }
        ImageRefusal::DigestDoesNotMatch { .. } | ImageRefusal::LayerSizeDiffers { .. } => {
            (StatusCode::BAD_REQUEST, ErrorCode::ManifestInvalid)
        }
        ImageRefusal::ReferencedImagesNotFound { .. } | ImageRefusal::LayersNotFound { .. } => {
            (StatusCode::NOT_FOUND, ErrorCode::ManifestBlobUnknown)
        }
        ImageRefusal::ReferencedByManifestList { .. } => NOT_ALLOWED,
        ImageRefusal::AlreadyExists { .. }
        | ImageRefusal::ArchiveOfReferenced { .. }
        | ImageRefusal::StorageClassUnchangeable { .. } => UNSUPPORTED,
    }
}

fn of_layer(refusal: &LayerRefusal) -> Kind {
    match refusal {
        LayerRefusal::NotFound { .. }
        | LayerRefusal::Inaccessible { .. }
        | LayerRefusal::Archived { .. } => (StatusCode::NOT_FOUND, ErrorCode::BlobUnknown),
        LayerRefusal::InUse { .. } => NOT_ALLOWED,
        LayerRefusal::AlreadyExists { .. } => UNSUPPORTED,
    }
}

fn of_upload(refusal: &UploadRefusal) -> Kind {
    match refusal {
        UploadRefusal::NotFound { .. } => (StatusCode::NOT_FOUND, ErrorCode::BlobUploadUnknown),
        UploadRefusal::Busy { .. } => (StatusCode::CONFLICT, ErrorCode::BlobUploadInvalid),
        UploadRefusal::PartOutOfOrder { .. } => {
            (StatusCode::RANGE_NOT_SATISFIABLE, ErrorCode::BlobUploadInvalid)
        }
        UploadRefusal::DigestDiffers { .. } => (StatusCode::BAD_REQUEST, ErrorCode::DigestInvalid),
        UploadRefusal::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::SizeInvalid),
        UploadRefusal::BodyLengthDiffers { .. }
        | UploadRefusal::BodyBroken
        | UploadRefusal::PartTooSmall
        | UploadRefusal::TooManyParts { .. }
        | UploadRefusal::Empty { .. } => (StatusCode::BAD_REQUEST, ErrorCode::SizeInvalid),
    }
}
