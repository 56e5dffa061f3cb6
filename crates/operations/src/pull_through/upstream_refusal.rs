use std::fmt;

/// Why an upstream registry did not give what a pull needs. What it does not have is refused as if
/// it were missing here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum UpstreamRefusal {
    /// It does not let us in.
    AccessDenied { upstream: String },
    /// It has been asked too often.
    TooManyRequests { upstream: String, retry_after_seconds: u64 },
    /// It was not reached, or failed, or its answer made no sense. The log says more.
    Unavailable { upstream: String },
}

impl fmt::Display for UpstreamRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccessDenied { .. } => f.write_str(
                "The authentication to the upstream registry failed. Verify that the credentials are correct and \
                 try again.",
            ),
            Self::TooManyRequests { upstream, retry_after_seconds } => write!(
                f,
                "The upstream registry '{upstream}' has received too many requests. Try again in \
                 {retry_after_seconds} seconds."
            ),
            Self::Unavailable { upstream } => write!(
                f,
                "The upstream registry '{upstream}' is unavailable. Try again later."
            ),
        }
    }
}
