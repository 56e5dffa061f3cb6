//! The id of a request.

use std::fmt;

use http::{HeaderName, HeaderValue};
use names::Uuid;

/// The header that names the request in every answer of AWS's.
pub(crate) const X_AMZN_REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// The id of a request, in its answer and in the log: a UUID of version 4.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(Uuid);

impl RequestId {
    /// Logs why a request failed, where it is answered: once, under the id that the client gets.
    pub(crate) fn log_fault(&self, operation: &str, error: &str) {
        tracing::error!(request.id = %self, operation, error, "internal error while answering a request");
    }

    /// An id made of random bytes.
    pub(crate) fn from_random(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_random(bytes))
    }

    /// As the value of a header.
    pub(crate) fn header(&self) -> HeaderValue {
        HeaderValue::from_str(self.as_str()).expect("a UUID is visible ASCII")
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_a_uuid_of_version_4() {
        let id = RequestId::from_random([0xff; 16]);
        assert_eq!(id.as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
