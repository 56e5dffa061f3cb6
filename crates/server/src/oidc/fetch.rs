use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderValue, Request, StatusCode, Uri};
use identity::web_identity::{
    DISCOVERY_SIZE_BYTES_MAX, JWKS_SIZE_BYTES_MAX, VerificationKeys, jwks_uri,
};
use remote::{Client, RemoteError};
use tokio::time::Instant;

/// For finding the keys and fetching them, together. AWS's own callers wait no longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Fetches keys.
pub(crate) struct Fetcher {
    client: Client,
}

/// Why there are no keys. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FetchError {
    /// There was no answer in time.
    Unreachable(String),
    /// The answer is malformed.
    Unusable(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Unreachable(why) | Self::Unusable(why)) = self;
        f.write_str(why)
    }
}

impl From<RemoteError> for FetchError {
    fn from(error: RemoteError) -> Self {
        let why = error.to_string();
        if error.is_unreachable() { Self::Unreachable(why) } else { Self::Unusable(why) }
    }
}

fn unusable(why: impl fmt::Display) -> FetchError {
    FetchError::Unusable(why.to_string())
}

impl Fetcher {
    /// Calls issuers with this client.
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// The keys of an issuer, from the URL that it states.
    pub(crate) async fn keys(&self, issuer: &str) -> Result<VerificationKeys, FetchError> {
        let deadline = Instant::now() + PATIENCE;
        let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let document = self.get(&place, DISCOVERY_SIZE_BYTES_MAX, deadline).await?;
        let place = jwks_uri(&document, issuer).map_err(unusable)?;
        let document = self.get(&place, JWKS_SIZE_BYTES_MAX, deadline).await?;
        VerificationKeys::parse(&document).map_err(unusable)
    }

    async fn get(
        &self,
        url: &str,
        size_bytes_max: usize,
        deadline: Instant,
    ) -> Result<Bytes, FetchError> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = url.parse::<Uri>().map_err(|_| RemoteError::NotUrl)?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let answer = self.client.send(request, deadline).await?;
        if answer.status() != StatusCode::OK {
            return Err(unusable(format!("answered with {}", answer.status())));
        }
        Ok(answer.whole(size_bytes_max).await?)
    }
}
