use http::StatusCode;
use identity::sigv4::SignatureRefusal;
use operations::Failure;

use crate::authenticate::Unknown;
use crate::guard::{AccessDenied, NotAllowed};

/// Why a read is refused.
pub(super) enum Refused {
    /// The signature is not right, or not there.
    Signature(SignatureRefusal),
    /// The guard denied it.
    Denied(AccessDenied),
    /// A list that reaches into more than one account.
    Wide,
    /// There is no such bucket.
    NoBucket,
    /// There is no such object.
    NoKey,
    /// It is no read that is served here.
    Unknown,
    /// We failed. The text is for the log.
    Failed(String),
}

impl From<Unknown> for Refused {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Signature(refusal) => Self::Signature(refusal),
            Unknown::NoCredentials | Unknown::BadCredentials => {
                Self::Signature(SignatureRefusal::UnknownAccessKey)
            }
            Unknown::TokenExpired => Self::Signature(SignatureRefusal::SessionExpired),
            Unknown::Failed(failure) => Failure::from(failure).into(),
        }
    }
}

impl From<NotAllowed> for Refused {
    fn from(not_allowed: NotAllowed) -> Self {
        match not_allowed {
            NotAllowed::Denied(denied) => Self::Denied(denied),
            NotAllowed::Failed(failure) => Failure::from(failure).into(),
        }
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Failed(format!("unexpected refusal: {refusal}")),
            Failure::Fault(fault) => Self::Failed(fault.chain()),
        }
    }
}

impl Refused {
    /// Status, code and sentence, as S3 words them.
    pub(super) fn words(&self) -> (StatusCode, &'static str, String) {
        use StatusCode as S;
        let is = |status, code, text: &str| (status, code, text.to_owned());
        match self {
            Self::Signature(refusal) => {
                let code = match refusal.code_query() {
                    "InvalidClientTokenId" => "InvalidAccessKeyId",
                    code => code,
                };
                (S::FORBIDDEN, code, refusal.message())
            }
            Self::Denied(denied) => (S::FORBIDDEN, "AccessDenied", denied.to_string()),
            Self::Wide => {
                let text = "Access Denied: the prefix must name the account whose files are listed";
                is(S::FORBIDDEN, "AccessDenied", text)
            }
            Self::NoBucket => {
                is(S::NOT_FOUND, "NoSuchBucket", "The specified bucket does not exist")
            }
            Self::NoKey => is(S::NOT_FOUND, "NoSuchKey", "The specified key does not exist."),
            Self::Unknown => {
                let text = "Only GetBucketLocation, ListObjects and GetObject are served, of the \
                            trail's bucket";
                is(S::NOT_IMPLEMENTED, "NotImplemented", text)
            }
            Self::Failed(_) => {
                let text = "We encountered an internal error. Please try again.";
                is(S::INTERNAL_SERVER_ERROR, "InternalError", text)
            }
        }
    }
}
