//! The OCI errors of refusals: exhaustive tables. `verb` has those of the verbs, by family.
#![deny(clippy::wildcard_enum_match_arm)]

mod verb;

use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use names::ObjectKey;
use operations::{Failure, Fault, Refusal, UploadRefusal, UpstreamRefusal};
use wire::oci::{ErrorCode, error_body, error_body_of_request};

use crate::authenticate::Unknown;
use crate::body::Body;
use crate::doors::{damaged_object, key_refusal};
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
    /// We failed because an object is damaged. The text is for the log.
    Damaged(ObjectKey, String),
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
            Failure::Fault(fault) => match &fault {
                Fault::Full(_) => Self::Full(fault.chain()),
                Fault::Damaged(object, _) => Self::Damaged(object.clone(), fault.chain()),
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

const NO_SUCH_PATH: &str = "The distribution specification has no such path";
const NO_SUCH_METHOD: &str = "This path does not take this method";
const BAD_DIGEST: &str = "A digest is sha256: or sha512: followed by the hash in lower-case hex";
const NO_SUCH_UPLOAD: &str = "There is no upload with this id";
const MANIFEST_TOO_LARGE: &str = "Invalid parameter at 'ImageManifest' failed to satisfy constraint: \
    'Member must have length less than or equal to 4194304'";
const TOKEN_EXPIRED: &str = "Your authorization token has expired. Reauthenticate and try again.";
const FAILED: &str = "The registry failed to answer; its log says why";
const FULL: &str = "The registry has no space left to store this";
const TOO_MUCH: &str = "Rate exceeded: too much is being sent at once. Try again.";

impl Refused {
    /// Status, code and sentence.
    pub(super) fn words(&self) -> (StatusCode, ErrorCode, String) {
        use {ErrorCode as E, StatusCode as S};
        let is = |status, code, text: &str| (status, code, text.to_owned());
        match self {
            Self::NoSuchPath => is(S::NOT_FOUND, E::Unsupported, NO_SUCH_PATH),
            Self::NoSuchMethod => is(S::METHOD_NOT_ALLOWED, E::Unsupported, NO_SUCH_METHOD),
            Self::BadName => is(S::BAD_REQUEST, E::NameInvalid, INVALID_NAME),
            Self::BadReference => is(S::BAD_REQUEST, E::TagInvalid, INVALID_TAG),
            Self::BadDigest => is(S::BAD_REQUEST, E::DigestInvalid, BAD_DIGEST),
            Self::BadUploadId => is(S::NOT_FOUND, E::BlobUploadUnknown, NO_SUCH_UPLOAD),
            Self::BadParameter(text) => is(S::BAD_REQUEST, E::Unsupported, text),
            Self::ManifestTooLarge => {
                is(S::PAYLOAD_TOO_LARGE, E::ManifestInvalid, MANIFEST_TOO_LARGE)
            }
            Self::NotAcceptable(text) => is(S::NOT_FOUND, E::ManifestUnknown, text),
            Self::OutOfRange(size) => {
                let text = format!("The range is not within the {size} bytes of the layer");
                (S::RANGE_NOT_SATISFIABLE, E::BlobUnknown, text)
            }
            Self::Denied(denied) => (S::FORBIDDEN, E::Denied, denied.to_string()),
            Self::Verb(refusal) => {
                let (status, code) = verb::kind(refusal);
                (status, code, verb::sentence(refusal))
            }
            Self::NotLoggedIn => is(S::UNAUTHORIZED, E::Unauthorized, "Not Authorized"),
            Self::TokenExpired => is(S::FORBIDDEN, E::Denied, TOKEN_EXPIRED),
            Self::Failed(_) => is(S::INTERNAL_SERVER_ERROR, E::Unknown, FAILED),
            Self::Full(_) => is(S::INSUFFICIENT_STORAGE, E::Unknown, FULL),
            Self::Damaged(object, _) => {
                (S::INTERNAL_SERVER_ERROR, E::Unknown, damaged_object::sentence(object))
            }
            Self::TooMuch => is(S::TOO_MANY_REQUESTS, E::TooManyRequests, TOO_MUCH),
        }
    }

    /// The answer; `realm` is the registry's URL. A denied client learns the request id, which
    /// explains the denial; a fault is logged under that id.
    pub(crate) fn answer(&self, realm: &str, request: &RequestId) -> Response<Body> {
        if let Self::Failed(chain) | Self::Full(chain) | Self::Damaged(_, chain) = self {
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
            Self::TooMuch | Self::Verb(Refusal::Upload(UploadRefusal::Busy { .. })) => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            Self::Verb(Refusal::Upstream(UpstreamRefusal::TooManyRequests {
                retry_after_seconds,
                ..
            })) => {
                headers.insert(RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
            }
            Self::Verb(Refusal::Encryption(refusal)) => key_refusal::tell_when(refusal, headers),
            Self::Verb(Refusal::Upload(UploadRefusal::PartOutOfOrder {
                repository,
                upload,
                expected,
                ..
            })) => {
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
            | Self::Damaged(..)
            | Self::Full(_) => {}
        }
        response
    }
}
