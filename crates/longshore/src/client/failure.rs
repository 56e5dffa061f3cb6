use http::StatusCode;

/// Why a call was not made, or failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientFailure {
    /// The configuration is wrong.
    #[error("{0}")]
    Settings(String),
    /// There are no credentials to sign with.
    #[error(
        "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, \
         or AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE; or name the server's folder with --data"
    )]
    NoCredentials,
    /// The server's URL is not configured.
    #[error("the server's URL is not configured: set AWS_ENDPOINT_URL or --endpoint-url")]
    NoEndpoint,
    /// The server cannot be reached.
    #[error("cannot reach {endpoint}: {why}")]
    Unreachable {
        /// The URL that was called.
        endpoint: String,
        /// What went wrong.
        why: String,
    },
    /// The server refused.
    #[error("{code}: {message}{}", request_id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default())]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The AWS error code.
        code: String,
        /// The message.
        message: String,
        /// The request id, which `longshore why` explains.
        request_id: Option<String>,
    },
    /// The answer is not one that this service gives.
    #[error("{endpoint} does not answer like Longshore: {why}")]
    Unintelligible {
        /// The URL that answered.
        endpoint: String,
        /// What is wrong with the answer.
        why: String,
    },
}

impl ClientFailure {
    /// Whether the same call could succeed later, without a change by the caller.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { status, .. } => status.is_server_error(),
            Self::Settings(_)
            | Self::NoCredentials
            | Self::NoEndpoint
            | Self::Unintelligible { .. } => false,
        }
    }
}
