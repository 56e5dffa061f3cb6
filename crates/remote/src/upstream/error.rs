use std::time::Duration;

use http::StatusCode;

use crate::RemoteError;

/// Why another registry did not give what was asked. For logs: it may name inner addresses.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// It does not have it.
    #[error("it is not there")]
    NotFound,
    /// It does not let us read, or does not know our user.
    #[error("access is denied ({0})")]
    Denied(String),
    /// It has been asked too often.
    #[error("too many requests: to be asked again in {} s", .0.as_secs())]
    TooManyRequests(Duration),
    /// It failed.
    #[error("it answered with {0}")]
    Failed(StatusCode),
    /// Its answer makes no sense.
    #[error("{0}")]
    Malformed(&'static str),
    /// It was not reached, or not in time, or not to the end.
    #[error("{0}")]
    Remote(#[from] RemoteError),
}
