use http::StatusCode;

/// Why a call was not made, or did not do what it was for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientFailure {
    /// The configuration says something that cannot be.
    #[error("{0}")]
    Settings(String),
    /// There is nothing to sign with.
    #[error(
        "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, \
         or AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE; or name the server's folder with --data"
    )]
    NoCredentials,
    /// Nobody said where the server is.
    #[error("it is not known where the server is: set AWS_ENDPOINT_URL or give --endpoint-url")]
    NoEndpoint,
    /// The server could not be spoken to.
    #[error("{endpoint} cannot be reached: {why}")]
    Unreachable {
        /// Where it should be.
        endpoint: String,
        /// What went wrong.
        why: String,
    },
    /// The server said no.
    #[error("{code}: {message}{}", request_id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default())]
    Refused {
        /// The status it said it with.
        status: StatusCode,
        /// AWS's code.
        code: String,
        /// Its words.
        message: String,
        /// What `longshore why` takes.
        request_id: Option<String>,
    },
    /// The server's answer is not what this service answers.
    #[error("{endpoint} does not answer as Longshore does: {why}")]
    Unintelligible {
        /// Who answered.
        endpoint: String,
        /// What is strange.
        why: String,
    },
}

impl ClientFailure {
    /// Could the same call succeed later, with nothing changed by the caller?
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
