use std::error::Error;
use std::time::Duration;

/// Why a KMS key could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The service refuses: the key is disabled, gone, not granted, or for something else.
    #[error("{message}")]
    Refused {
        /// The service's name for the error, e.g. `DisabledException`.
        code: String,
        /// Its sentence.
        message: String,
    },
    /// The service does not answer. Nothing is known about the key.
    #[error("the key management service does not answer: {why}")]
    Unavailable {
        /// How long a client should wait.
        retry_after: Duration,
        /// For the log.
        why: String,
    },
    /// A failure of ours, or bytes that were altered.
    #[error("a data key cannot be wrapped or opened")]
    Broken(#[source] Box<dyn Error + Send + Sync>),
}
