use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use names::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::claims::{self, WebIdentity};
use super::keys::Algorithm;
use super::{VerificationKeys, WebIdentityRefusal};

/// STS's bounds of `WebIdentityToken`.
pub const TOKEN_LENGTH_MIN: usize = 4;
/// STS's bounds of `WebIdentityToken`.
pub const TOKEN_LENGTH_MAX: usize = 20_000;

/// How far the issuer's clock may be ahead of ours. A token's end has no such tolerance.
const SKEW: Duration = Duration::from_mins(5);

/// A well-formed token. None of its claims is proven yet.
pub struct PresentedToken {
    algorithm: Algorithm,
    algorithm_name: String,
    key_id: Option<String>,
    claims: Map<String, Value>,
    /// Header and claims as they were signed.
    message: Box<str>,
    signature: Vec<u8>,
}

impl fmt::Debug for PresentedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresentedToken").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood. We understand none.
    crit: Option<IgnoredAny>,
}

impl PresentedToken {
    /// Reads the compact form: header, claims and signature with dots between.
    pub fn parse(token: &str) -> Result<Self, WebIdentityRefusal> {
        if !(TOKEN_LENGTH_MIN..=TOKEN_LENGTH_MAX).contains(&token.len()) {
            return Err(WebIdentityRefusal::NotJwt);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(WebIdentityRefusal::NotJwt)?;
        let (header, claims) = message.split_once('.').ok_or(WebIdentityRefusal::NotJwt)?;
        let Header { alg, kid, crit } = read(header)?;
        if crit.is_some() {
            return Err(WebIdentityRefusal::NotJwt);
        }
        let claims: Map<String, Value> = read(claims)?;
        let algorithm = Algorithm::parse(&alg).ok_or(WebIdentityRefusal::UnsupportedAlgorithm)?;
        let signature =
            URL_SAFE_NO_PAD.decode(signature).map_err(|_| WebIdentityRefusal::NotJwt)?;
        let (algorithm_name, key_id) = (alg, kid);
        let message = message.into();
        Ok(Self { algorithm, algorithm_name, key_id, claims, message, signature })
    }

    /// The stated issuer: use it only to look up whether the account trusts such an issuer.
    pub fn issuer(&self) -> Result<&str, WebIdentityRefusal> {
        claims::required_text(&self.claims, "iss")
    }

    /// The issuer's key that is stated to have signed it.
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    /// Was it issued by `issuer`, for one of `audiences`, and is this its time?
    pub fn require_claims(
        &self,
        issuer: &str,
        audiences: &[String],
        now: Timestamp,
    ) -> Result<(), WebIdentityRefusal> {
        if self.issuer()? != issuer {
            return Err(WebIdentityRefusal::OtherIssuer);
        }
        claims::required_text(&self.claims, "sub")?;
        let expires_at = claims::required_seconds(&self.claims, "exp")?;
        let issued_at = claims::required_seconds(&self.claims, "iat")?;
        let not_before = claims::optional_seconds(&self.claims, "nbf")?;
        if !claims::audience(&self.claims)?.is_one_of(audiences) {
            return Err(WebIdentityRefusal::OtherAudience);
        }
        if expires_at <= now.as_seconds() {
            return Err(WebIdentityRefusal::Expired { now, expires_at });
        }
        let valid_from = not_before.map_or(issued_at, |not_before| not_before.max(issued_at));
        if valid_from > now.plus(SKEW).as_seconds() {
            return Err(WebIdentityRefusal::NotYetValid { now, valid_from });
        }
        Ok(())
    }

    /// The identity, if one of the issuer's keys signed the token. `audiences` are the same as
    /// before.
    pub fn verify(
        self,
        keys: &VerificationKeys,
        audiences: &[String],
    ) -> Result<WebIdentity, WebIdentityRefusal> {
        let Self { algorithm, algorithm_name, key_id, claims, message, signature } = self;
        let (key_id, message) = (key_id.as_deref(), message.as_bytes());
        keys.verify(key_id, algorithm, &algorithm_name, message, &signature)?;
        WebIdentity::read(&claims, audiences)
    }
}

fn read<T: for<'a> Deserialize<'a>>(part: &str) -> Result<T, WebIdentityRefusal> {
    let json = URL_SAFE_NO_PAD.decode(part).map_err(|_| WebIdentityRefusal::NotJwt)?;
    serde_json::from_slice(&json).map_err(|_| WebIdentityRefusal::NotJwt)
}
