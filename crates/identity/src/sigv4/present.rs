use std::fmt;
use std::time::Duration;

use aws_lc_rs::{digest, hmac};
use http::{HeaderMap, Method, Uri};
use names::{Region, Timestamp};

use super::amz_date::AmzDate;
use super::authorization::{ALGORITHM, Authorization, Placement};
use super::canonical::{self, SignedHeaders};
use super::query::Query;
use super::{Echo, Expected, PayloadHash, Scope, SecretKey, SignatureRefusal, scope};
use crate::AccessKeyId;

/// How much the client's clock may differ from ours, in either direction; also the longest life of
/// a signature, in a header or in a query. ECR, STS and IAM all use fifteen minutes.
const SKEW: Duration = Duration::from_mins(15);

/// The longest lifetime that signers let a presigned request ask for: a week, which only S3 grants.
const EXPIRES_SECONDS_MAX: u64 = 604_800;

/// The service that ignores `X-Amz-Expires`: tokens of Kubernetes clusters state a minute and are
/// used for fourteen.
const IGNORES_EXPIRES: &str = "sts";

/// Longer session tokens are not ours.
const SESSION_TOKEN_LENGTH_MAX: usize = 4_096;

/// Headers that decide what a request does or who sends it. They must be signed if present.
const SIGNED_IF_PRESENT: [&str; 3] = ["x-amz-date", "x-amz-security-token", "x-amz-target"];

/// A request whose signature may be valid, in time and for us; only the secret can decide.
#[derive(Clone)]
pub struct Presented {
    access_key_id: AccessKeyId,
    scope: Scope,
    date: AmzDate,
    session_token: Option<Box<str>>,
    /// `None` if it is not 64 lower-case hexadecimal digits.
    signature: Option<[u8; 32]>,
    /// The canonical request, but for the payload's hash.
    canonical: digest::Context,
    /// Every value of `x-amz-content-sha256`.
    announced: Vec<Box<[u8]>>,
}

/// A request that was signed with the secret of this access key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The access key that signed.
    pub access_key_id: AccessKeyId,
    /// The Region that the request is for.
    pub region: Region,
    /// When it was signed.
    pub signed_at: Timestamp,
}

/// Does everything that needs no secret.
pub fn present(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    now: Timestamp,
    expected: &Expected<'_>,
) -> Result<Presented, SignatureRefusal> {
    let path = canonical::path(uri.path())?;
    let query = Query::parse(uri.query().unwrap_or_default())?;
    let authorization = Authorization::find(&query, headers, expected.protocol)?;
    let signed = SignedHeaders::parse(&authorization.signed_headers);
    require_signed(&signed, headers, &authorization.placement)?;
    let date = read_date(&authorization)?;
    require_current(date, now, life(&authorization.placement, expected.service)?)?;
    let (access_key_id, scope) = scope::read(&authorization.credential, date, expected)?;
    let announced = headers.get_all("x-amz-content-sha256").iter();
    Ok(Presented {
        access_key_id,
        scope,
        date,
        session_token: session_token(authorization.session_token)?,
        signature: read_signature(&authorization.signature),
        canonical: canonical::digest(method, uri, &path, &query, headers, &signed),
        announced: announced.map(|value| value.as_bytes().into()).collect(),
    })
}

impl Presented {
    /// The access key whose secret is needed.
    pub fn access_key_id(&self) -> &AccessKeyId {
        &self.access_key_id
    }

    /// The scope of the signature.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The session token of temporary credentials.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// The client's stated time of signing.
    pub fn signed_at(&self) -> Timestamp {
        self.date.timestamp()
    }

    /// Whether this request, with this body, was signed with this secret. `None` is for an access
    /// key that is unknown or inactive: it is refused after the same work, so that the time reveals
    /// nothing.
    pub fn verify(
        &self,
        secret: Option<&SecretKey>,
        payload: &PayloadHash,
    ) -> Result<Verified, SignatureRefusal> {
        let payload = payload.hex();
        let known = secret.is_some();
        let matches = match secret {
            Some(secret) => self.matches(secret, &payload),
            None => {
                self.matches(&SecretKey::new("no one has this secret, forty characters"), &payload)
            }
        };
        if !known {
            return Err(SignatureRefusal::UnknownAccessKey);
        }
        if self.announced.iter().any(|announced| **announced != *payload.as_bytes()) {
            return Err(SignatureRefusal::PayloadHashDiffers);
        }
        if !matches {
            return Err(SignatureRefusal::SignatureDiffers);
        }
        Ok(Verified {
            access_key_id: self.access_key_id.clone(),
            region: self.scope.region.clone(),
            signed_at: self.signed_at(),
        })
    }

    /// Whether this head was signed with this secret, if its body has the hash in
    /// `x-amz-content-sha256`. `None` if there is no such header: then only the body can decide.
    /// The hash must still be compared with the body, with [`verify`](Self::verify).
    pub fn verify_announced(
        &self,
        secret: Option<&SecretKey>,
    ) -> Option<Result<(), SignatureRefusal>> {
        let announced = self.announced.first()?;
        Some(match PayloadHash::parse(announced) {
            Some(payload) => self.verify(secret, &payload).map(drop),
            None if secret.is_none() => Err(SignatureRefusal::UnknownAccessKey),
            // No body has a hash that is spelled like this.
            None => Err(SignatureRefusal::PayloadHashDiffers),
        })
    }

    fn matches(&self, secret: &SecretKey, payload: &str) -> bool {
        let mut canonical = self.canonical.clone();
        canonical.update(payload.as_bytes());
        let canonical = hex::encode(canonical.finish());
        let to_sign = format!("{ALGORITHM}\n{}\n{}\n{canonical}", self.date, self.scope);
        let signature = self.signature.unwrap_or_default();
        let equal = hmac::verify(&secret.for_scope(&self.scope), to_sign.as_bytes(), &signature);
        self.signature.is_some() && equal.is_ok()
    }
}

impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented")
            .field("access_key_id", &self.access_key_id)
            .field("scope", &self.scope)
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}

/// A presigned request keeps its date and token in the query, which is signed as a whole.
fn require_signed(
    signed: &SignedHeaders,
    headers: &HeaderMap,
    placement: &Placement,
) -> Result<(), SignatureRefusal> {
    if !signed.contain_host() {
        return Err(SignatureRefusal::UnsignedHeader { header: "host" });
    }
    let required = match placement {
        Placement::Header => &SIGNED_IF_PRESENT[..],
        Placement::Query { .. } => &["x-amz-target"],
    };
    match required.iter().find(|name| headers.contains_key(**name) && !signed.contain(name)) {
        Some(&header) => Err(SignatureRefusal::UnsignedHeader { header }),
        None => Ok(()),
    }
}

fn read_date(authorization: &Authorization) -> Result<AmzDate, SignatureRefusal> {
    let date = &authorization.date;
    let read = match authorization.placement {
        Placement::Header => AmzDate::parse_http(date),
        Placement::Query { .. } => AmzDate::parse(date),
    };
    read.ok_or_else(|| SignatureRefusal::UnparsableDate { date: Echo::of(date) })
}

/// A presigned request may ask for a shorter lifetime than others have, but not for a longer one.
fn life(placement: &Placement, service: &str) -> Result<Duration, SignatureRefusal> {
    let Placement::Query { expires: Some(expires) } = placement else { return Ok(SKEW) };
    if service == IGNORES_EXPIRES {
        return Ok(SKEW);
    }
    let digits = expires.bytes().all(|b| b.is_ascii_digit());
    let seconds = expires.parse().ok().filter(|_| digits);
    match seconds {
        Some(seconds @ 1..=EXPIRES_SECONDS_MAX) => Ok(SKEW.min(Duration::from_secs(seconds))),
        _ => Err(SignatureRefusal::ExpiresOutOfRange),
    }
}

fn require_current(date: AmzDate, now: Timestamp, life: Duration) -> Result<(), SignatureRefusal> {
    let signed_at = date.timestamp();
    if date.seconds() < now.minus(life).as_seconds() {
        return Err(SignatureRefusal::Expired { signed_at, now, life });
    }
    if date.seconds() > now.plus(SKEW).as_seconds() {
        return Err(SignatureRefusal::NotYetCurrent { signed_at, now, skew: SKEW });
    }
    Ok(())
}

/// A token that is too long or not text is not ours; AWS answers as for an unknown key.
fn session_token(token: Option<String>) -> Result<Option<Box<str>>, SignatureRefusal> {
    match token {
        Some(token) if token.len() > SESSION_TOKEN_LENGTH_MAX || !token.is_ascii() => {
            Err(SignatureRefusal::UnknownAccessKey)
        }
        token => Ok(token.map(String::into_boxed_str)),
    }
}

/// Only lower case: a signature with two spellings could be distinguished from its original.
fn read_signature(text: &str) -> Option<[u8; 32]> {
    let mut signature = [0; 32];
    let lower = !text.bytes().any(|b| b.is_ascii_uppercase());
    (lower && hex::decode_to_slice(text, &mut signature).is_ok()).then_some(signature)
}
