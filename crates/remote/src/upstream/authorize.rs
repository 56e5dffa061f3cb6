use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode};
use tokio::time::Instant;

use super::challenge::Challenge;
use super::error::UpstreamError;
use super::registries::{STEP_PATIENCE, Upstream, UpstreamClient, UpstreamUser};
use super::token::{self, Token, TokenUse};

/// For how long it is remembered that a registry takes the password itself.
const BASIC_LIFE: std::time::Duration = std::time::Duration::from_mins(5);

impl UpstreamClient {
    /// What the registry accepted before, and has not ended.
    pub(super) fn known_authorization(
        &self,
        upstream: &Upstream,
        repository: Option<&str>,
    ) -> Option<HeaderValue> {
        self.tokens.find(&used(upstream, repository), Instant::now())
    }

    pub(super) fn forget_authorization(&self, upstream: &Upstream, repository: Option<&str>) {
        self.tokens.forget(&used(upstream, repository));
    }

    /// The header that answers a challenge.
    pub(super) async fn authorize(
        &self,
        upstream: &Upstream,
        repository: Option<&str>,
        challenge: Challenge,
        deadline: Instant,
    ) -> Result<HeaderValue, UpstreamError> {
        let (realm, service, scope) = match challenge {
            Challenge::Basic => {
                let user = upstream.user.as_ref();
                let user = user.ok_or_else(|| UpstreamError::Denied("it wants a user".into()))?;
                let header = basic(user)?;
                let (whose, now) = (used(upstream, repository), Instant::now());
                self.tokens.keep(whose, header.clone(), BASIC_LIFE, now);
                return Ok(header);
            }
            Challenge::Bearer { realm, service, scope } => (realm, service, scope),
        };
        // Only what is to be read is asked for, whatever the registry suggests.
        let scope = repository.map(|name| format!("repository:{name}:pull")).or(scope);
        let asked = [("service", service), ("scope", scope)];
        let Token { header, life } = self.ask(upstream, &realm, &asked, deadline).await?;
        self.tokens.keep(used(upstream, repository), header.clone(), life, Instant::now());
        Ok(header)
    }

    /// Asks a token service.
    async fn ask(
        &self,
        upstream: &Upstream,
        realm: &str,
        asked: &[(&str, Option<String>)],
        deadline: Instant,
    ) -> Result<Token, UpstreamError> {
        const NO_SERVICE: UpstreamError =
            UpstreamError::Malformed("its token service has no URL that is called");
        let mut place = realm.split('#').next().unwrap_or_default().to_owned();
        for (name, value) in asked {
            let Some(value) = value else { continue };
            place.push(if place.contains('?') { '&' } else { '?' });
            place.push_str(name);
            place.push('=');
            place.push_str(&escaped(value));
        }
        let home = upstream.address.url("/").ok_or(NO_SERVICE)?;
        let url = upstream.address.follow(&home, &place).ok_or(NO_SERVICE)?;
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = url;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(user) = &upstream.user {
            request.headers_mut().insert(AUTHORIZATION, basic(user)?);
        }
        let soon = deadline.min(Instant::now() + STEP_PATIENCE);
        let answer = self.client.send(request, soon).await?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(UpstreamError::Denied("its token service denies".to_owned()));
            }
            StatusCode::TOO_MANY_REQUESTS => {
                let registry = upstream.counted_as();
                let pause = self.pauses.begin(&registry, answer.headers(), Instant::now());
                return Err(UpstreamError::TooManyRequests(pause));
            }
            status => return Err(UpstreamError::Failed(status)),
        }
        let document = answer.whole(token::SIZE_BYTES_MAX).await?;
        Token::parse(&document).map_err(UpstreamError::Malformed)
    }
}

fn used(upstream: &Upstream, repository: Option<&str>) -> TokenUse {
    let user = upstream.user.as_ref().map(|UpstreamUser { name, password }| {
        let mut hasher = DefaultHasher::new();
        password.hash(&mut hasher);
        (name.clone(), hasher.finish())
    });
    let repository = repository.unwrap_or_default().to_owned();
    TokenUse { registry: upstream.address.origin(), user, repository }
}

fn basic(user: &UpstreamUser) -> Result<HeaderValue, UpstreamError> {
    let word = STANDARD.encode(format!("{}:{}", user.name, user.password));
    let header = HeaderValue::from_str(&format!("Basic {word}"));
    let mut header = header.map_err(|_| UpstreamError::Malformed("a bad password"))?;
    header.set_sensitive(true);
    Ok(header)
}

/// A value in a query.
fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    let mut written = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}
