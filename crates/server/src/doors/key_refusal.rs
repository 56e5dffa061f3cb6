//! The status and code of a refusal about a repository's key, for all who fetch or push layers.

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, StatusCode};
use operations::EncryptionRefusal;
use wire::oci::ErrorCode;

/// Status and code.
pub(super) fn kind(refusal: &EncryptionRefusal) -> (StatusCode, ErrorCode) {
    match refusal {
        EncryptionRefusal::Key { .. } => (StatusCode::FORBIDDEN, ErrorCode::Denied),
        EncryptionRefusal::Unavailable { .. } => {
            (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unknown)
        }
        EncryptionRefusal::TwoLayers
        | EncryptionRefusal::RekeyInProgress { .. }
        | EncryptionRefusal::SameKey { .. } => (StatusCode::BAD_REQUEST, ErrorCode::Unsupported),
    }
}

/// Tells a client when to try again, if that helps.
pub(super) fn tell_when(refusal: &EncryptionRefusal, headers: &mut HeaderMap) {
    if let EncryptionRefusal::Unavailable { retry_after } = refusal {
        let seconds = retry_after.as_secs().max(1);
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}
