//! The OCI errors of refusals: one exhaustive table.
#![deny(clippy::wildcard_enum_match_arm)]

use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use operations::{Failure, Fault, Refusal};
use wire::oci::{ErrorCode, error_body, error_body_of_request};

use crate::authenticate::Unknown;
use crate::body::Body;
use crate::guard::{AccessDenied, NotAllowed};
use crate::request_id::RequestId;

/// Why this door refuses.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The path is none of the specification's.
    NoSuchPath,
    /// The path is, with another method.
    NoSuchMethod,
    /// The repository's name breaks the grammar.
    BadName,
    /// The tag or digest is malformed.
    BadReference,
    /// The digest is malformed.
    BadDigest,
    /// The upload's id is malformed: no upload ever had it.
    BadUploadId,
    /// A header or parameter means nothing.
    BadParameter(&'static str),
    /// The manifest is longer than the limit.
    ManifestTooLarge,
    /// The client does not accept the stored type.
    NotAcceptable(String),
    /// A range that is not in the layer, which has this many bytes.
    OutOfRange(u64),
    /// A denial of the guard.
    Denied(AccessDenied),
    /// A refusal of a verb.
    Verb(Refusal),
    /// No user name and password, or none of ours.
    NotLoggedIn,
    /// The token's time is over.
    TokenExpired,
    /// We failed. The text is for the log.
    Failed(String),
    /// We failed because no space is left. The text is for the log.
    Full(String),
    /// This caller, or all callers together, send more than can be read at once.
    TooMuch,
}

impl From<NotAllowed> for Refused {
    fn from(not_allowed: NotAllowed) -> Self {
        match not_allowed {
            NotAllowed::Denied(denied) => Self::Denied(denied),
            NotAllowed::Failed(failure) => failure.into(),
        }
    }
}

/// Refusals of IAM, as refusals of any verb.
impl From<iam::Failure> for Refused {
    fn from(failure: iam::Failure) -> Self {
        Failure::from(failure).into()
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Verb(refusal),
            Failure::Fault(fault) => match fault {
                Fault::Full(_) => Self::Full(fault.chain()),
                Fault::Corrupt(_) | Fault::Broken(_) => Self::Failed(fault.chain()),
            },
        }
    }
}

impl From<Unknown> for Refused {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::NoCredentials | Unknown::BadCredentials | Unknown::Signature(_) => {
                Self::NotLoggedIn
            }
            Unknown::TokenExpired => Self::TokenExpired,
            Unknown::Failed(failure) => failure.into(),
        }
    }
}

const INVALID_TAG: &str = "Invalid parameter at 'imageTag' failed to satisfy constraint: \
    'must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}''";
const INVALID_NAME: &str = "Invalid parameter at 'repositoryName' failed to satisfy constraint: \
    'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''";

impl Refused {
    /// Status, code and sentence.
    fn words(&self) -> (StatusCode, ErrorCode, String) {
        let is = |status, code, text: &str| (status, code, text.to_owned());
        match self {
            Self::NoSuchPath => is(
                StatusCode::NOT_FOUND,
                ErrorCode::Unsupported,
                "The distribution specification has no such path",
            ),
            Self::NoSuchMethod => is(
                StatusCode::METHOD_NOT_ALLOWED,
                ErrorCode::Unsupported,
                "This path does not take this method",
            ),
            Self::BadName => is(StatusCode::BAD_REQUEST, ErrorCode::NameInvalid, INVALID_NAME),
            Self::BadReference => is(StatusCode::BAD_REQUEST, ErrorCode::TagInvalid, INVALID_TAG),
            Self::BadDigest => is(
                StatusCode::BAD_REQUEST,
                ErrorCode::DigestInvalid,
                "A digest is sha256: or sha512: followed by the hash in lower-case hex",
            ),
            Self::BadUploadId => is(
                StatusCode::NOT_FOUND,
                ErrorCode::BlobUploadUnknown,
                "There is no upload with this id",
            ),
            Self::BadParameter(text) => is(StatusCode::BAD_REQUEST, ErrorCode::Unsupported, text),
            Self::ManifestTooLarge => is(
                StatusCode::PAYLOAD_TOO_LARGE,
                ErrorCode::ManifestInvalid,
                "Invalid parameter at 'ImageManifest' failed to satisfy constraint: \
                 'Member must have length less than or equal to 4194304'",
            ),
            Self::NotAcceptable(text) => {
                is(StatusCode::NOT_FOUND, ErrorCode::ManifestUnknown, text)
            }
            Self::OutOfRange(size) => (
                StatusCode::RANGE_NOT_SATISFIABLE,
                ErrorCode::BlobUnknown,
                format!("The range is not within the {size} bytes of the layer"),
            ),
            Self::Denied(denied) => {
                is(StatusCode::FORBIDDEN, ErrorCode::Denied, &denied.to_string())
            }
            Self::Verb(refusal) => {
                let (status, code) = verb_words(refusal);
                (status, code, sentence(refusal))
            }
            Self::NotLoggedIn => {
                is(StatusCode::UNAUTHORIZED, ErrorCode::Unauthorized, "Not Authorized")
            }
            Self::TokenExpired => is(
                StatusCode::FORBIDDEN,
                ErrorCode::Denied,
                "Your authorization token has expired. Reauthenticate and try again.",
            ),
            Self::Failed(_) => is(
                StatusCode::INTERNAL_SERVER_ERROR,
                ErrorCode::Unknown,
                "The registry failed to answer; its log says why",
            ),
            Self::Full(_) => is(
                StatusCode::INSUFFICIENT_STORAGE,
                ErrorCode::Unknown,
                "The registry has no space left to store this",
            ),
            Self::TooMuch => is(
                StatusCode::TOO_MANY_REQUESTS,
                ErrorCode::TooManyRequests,
                "Rate exceeded: too much is being sent at once. Try again.",
            ),
        }
    }

    /// The answer; `realm` is the registry's URL. A denied client learns the request id, which
    /// explains the denial; a fault is logged under that id.
    pub(crate) fn answer(&self, realm: &str, request: &RequestId) -> Response<Body> {
        if let Self::Failed(chain) | Self::Full(chain) = self {
            request.log_fault("registry", chain);
        }
        let (status, code, text) = self.words();
        let body = if matches!(self, Self::Denied(_)) {
            error_body_of_request(code, &text, request.as_str())
        } else {
            error_body(code, &text)
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        match self {
            Self::NotLoggedIn => {
                let challenge = format!("Basic realm=\"{realm}/\",service=\"ecr.amazonaws.com\"");
                if let Ok(challenge) = HeaderValue::from_str(&challenge) {
                    headers.insert(WWW_AUTHENTICATE, challenge);
                }
            }
            Self::OutOfRange(size) => {
                if let Ok(range) = HeaderValue::from_str(&format!("bytes */{size}")) {
                    headers.insert(http::header::CONTENT_RANGE, range);
                }
            }
            // A request on the same upload ends within moments if its client is active, and after
            // the silence limit if not.
            Self::TooMuch | Self::Verb(Refusal::UploadBusy { .. }) => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            Self::Verb(Refusal::PartOutOfOrder { repository, upload, expected, .. }) => {
                super::answers::upload_headers(headers, &repository.repository, upload, *expected);
            }
            Self::NoSuchPath
            | Self::NoSuchMethod
            | Self::BadName
            | Self::BadReference
            | Self::BadDigest
            | Self::BadUploadId
            | Self::BadParameter(_)
            | Self::ManifestTooLarge
            | Self::NotAcceptable(_)
            | Self::Denied(_)
            | Self::Verb(_)
            | Self::TokenExpired
            | Self::Failed(_)
            | Self::Full(_) => {}
        }
        response
    }
}

/// ECR says less about a missing image at this door than at its own.
fn sentence(refusal: &Refusal) -> String {
    if let Refusal::ImageNotFound { .. } = refusal {
        return "Requested image not found".to_owned();
    }
    refusal.to_string()
}

fn verb_words(refusal: &Refusal) -> (StatusCode, ErrorCode) {
    match refusal {
        Refusal::RepositoryNotFound(_) => (StatusCode::NOT_FOUND, ErrorCode::NameUnknown),
        Refusal::ImageNotFound { .. } => (StatusCode::NOT_FOUND, ErrorCode::ManifestUnknown),
        Refusal::TagImmutable { .. } | Refusal::TooManyImageTags { .. } => {
            (StatusCode::BAD_REQUEST, ErrorCode::TagInvalid)
        }
        Refusal::ImageDigestDoesNotMatch { .. } => {
            (StatusCode::BAD_REQUEST, ErrorCode::ManifestInvalid)
        }
        Refusal::ReferencedImagesNotFound { .. } | Refusal::LayersNotFound { .. } => {
            (StatusCode::NOT_FOUND, ErrorCode::ManifestBlobUnknown)
        }
        Refusal::LayerSizeDiffers { .. } => (StatusCode::BAD_REQUEST, ErrorCode::ManifestInvalid),
        Refusal::PartOutOfOrder { .. } => {
            (StatusCode::RANGE_NOT_SATISFIABLE, ErrorCode::BlobUploadInvalid)
        }
        Refusal::LayerDigestDiffers { .. } => (StatusCode::BAD_REQUEST, ErrorCode::DigestInvalid),
        Refusal::UploadNotFound { .. } => (StatusCode::NOT_FOUND, ErrorCode::BlobUploadUnknown),
        Refusal::UploadBusy { .. } => (StatusCode::CONFLICT, ErrorCode::BlobUploadInvalid),
        Refusal::BodyLengthDiffers { .. }
        | Refusal::BodyBroken
        | Refusal::PartTooSmall
        | Refusal::TooManyParts { .. }
        | Refusal::EmptyUpload { .. } => (StatusCode::BAD_REQUEST, ErrorCode::SizeInvalid),
        Refusal::LayerTooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::SizeInvalid),
        Refusal::LayerNotFound { .. } | Refusal::LayerInaccessible { .. } => {
            (StatusCode::NOT_FOUND, ErrorCode::BlobUnknown)
        }
        Refusal::ReadOnly
        | Refusal::InvalidParameter { .. }
        | Refusal::ReferencedByManifestList { .. }
        | Refusal::LayerInUse { .. } => (StatusCode::METHOD_NOT_ALLOWED, ErrorCode::Unsupported),
        Refusal::RepositoryPolicyNotFound(_)
        | Refusal::RegistryPolicyNotFound(_)
        | Refusal::LifecyclePolicyNotFound(_)
        | Refusal::LifecyclePolicyPreviewNotFound(_)
        | Refusal::LifecyclePolicyPreviewInProgress(_)
        | Refusal::ExclusionNotFound(_)
        | Refusal::ExclusionAlreadyExists(_)
        | Refusal::TooManyExclusions { .. }
        | Refusal::ArchiveOfReferenced { .. }
        | Refusal::StorageClassUnchangeable { .. }
        | Refusal::RepositoryAlreadyExists(_)
        | Refusal::RepositoryNotEmpty(_)
        | Refusal::ImageAlreadyExists { .. }
        | Refusal::LayerAlreadyExists { .. }
        | Refusal::TooManyResourceTags { .. }
        | Refusal::InvalidResourceTag(_)
        | Refusal::KmsUnavailable
        | Refusal::Iam(_)
        | Refusal::Sts(_) => (StatusCode::BAD_REQUEST, ErrorCode::Unsupported),
    }
}
