//! Session tokens: temporary credentials that contain their session.
//!
//! A token is `version (1) ‖ nonce (12) ‖ AES-256-GCM(claims) ‖ tag (16)` in URL-safe base64, at
//! most 4,096 characters long. The claims are the access key's id, its principal, and the session.
//! A client may ask for a longer token than these need: then zero bytes come before them.
//!
//! # Invariants
//! * Stateless: a session is entirely inside its token, sealed, and bound to the version and to
//!   this purpose. No row is kept, and any node with the key opens it.
//! * A token belongs to one access key. The key's secret is derived from our key, the id and the
//!   token's nonce, so it is not in the token either.
//! * Names and paths are not in it: the code that opens one looks up the current ones, and refuses
//!   a principal that is gone.
//! * Policies and tags are deflated. A session whose token would still be longer than 4,096
//!   characters is refused when it begins, as AWS does, and never later.
//! * Nonces are random. One key can seal 2³² tokens, which is a hundred sessions a second for a
//!   year.
//!
//! # Who calls
//! The AWS door's STS operations issue tokens; the AWS door's authentication opens them.
//!
//! # On a crash
//! There is no state.

mod claims;
mod packed;

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use names::{KeyKind, PrincipalId, SealingKey, Session, Timestamp};
use zeroize::Zeroizing;

pub use self::claims::SessionClaims;
use crate::AccessKeyId;
use crate::sigv4::SecretKey;
use crate::words::{push_word, take_word};

const VERSION: u8 = 1;

/// Binds the seal to this purpose and version.
const PURPOSE: &[u8] = b"longshore session token 1";

/// Keeps the secrets of temporary access keys apart from whatever else is made under the same key.
const SECRET_PURPOSE: &[u8] = b"longshore temporary secret 1";

/// AWS's bound, and ours: no session token is longer.
pub const TOKEN_LENGTH_MAX: usize = 4_096;

/// The size of a token without its claims.
const AROUND_SIZE_BYTES: usize = 1 + NONCE_LEN + 16;

/// As long as AWS's secrets.
const SECRET_LENGTH: usize = 40;

/// Random bytes that a session needs: for the id of its key, and for the nonce.
pub const RANDOM_SIZE_BYTES: usize = 10 + NONCE_LEN;

/// Seals and opens session tokens. Holds the prepared keys: make one and share it.
pub struct SessionTokens {
    cipher: LessSafeKey,
    secrets: hmac::Key,
}

impl fmt::Debug for SessionTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionTokens(…)")
    }
}

/// Temporary credentials, fresh from the seal.
#[derive(Clone)]
pub struct IssuedSession {
    /// `ASIA…`.
    pub access_key_id: AccessKeyId,
    /// The secret that signs requests. It is returned only here.
    pub secret_access_key: Zeroizing<String>,
    /// The token that must come with every request.
    pub token: String,
    /// When they stop working.
    pub expires_at: Timestamp,
}

impl fmt::Debug for IssuedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { access_key_id, secret_access_key: _, token: _, expires_at, .. } = self;
        f.debug_struct("IssuedSession")
            .field("access_key_id", access_key_id)
            .field("expires_at", expires_at)
            .finish_non_exhaustive()
    }
}

/// A token that was ours, opened.
#[derive(Debug, Clone)]
pub struct OpenedSession {
    /// The only access key that it belongs to.
    pub access_key_id: AccessKeyId,
    /// The secret of that key.
    pub secret: SecretKey,
    /// Its principal and its session.
    pub claims: SessionClaims,
}

/// Why a session token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionRefusal {
    /// Not sealed by us, or not a session token.
    Malformed,
    /// It was good once.
    Expired,
}

/// The token of a session would be too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTokenTooLarge {
    /// How long it would be; `None` if its policies and tags are beyond any limit.
    pub size_bytes: Option<usize>,
}

impl fmt::Display for SessionTokenTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.size_bytes {
            Some(size) => write!(
                f,
                "Session token size of {size} bytes exceeds the maximum allowed size of {TOKEN_LENGTH_MAX} bytes."
            ),
            None => write!(
                f,
                "Session token size exceeds the maximum allowed size of {TOKEN_LENGTH_MAX} bytes."
            ),
        }
    }
}

impl std::error::Error for SessionTokenTooLarge {}

impl SessionTokens {
    /// Prepares the keys.
    pub fn new(key: &SealingKey) -> Self {
        let cipher = UnboundKey::new(&AES_256_GCM, key.expose()).expect("the key has 32 bytes");
        let root = hmac::Key::new(hmac::HMAC_SHA256, key.expose());
        let derived = hmac::sign(&root, SECRET_PURPOSE);
        let secrets = hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref());
        Self { cipher: LessSafeKey::new(cipher), secrets }
    }

    /// Begins a session of `principal`. Its token is made no shorter than `length_min` characters.
    pub fn issue(
        &self,
        principal: PrincipalId,
        session: Session,
        length_min: usize,
        random: [u8; RANDOM_SIZE_BYTES],
    ) -> Result<IssuedSession, SessionTokenTooLarge> {
        let (for_id, nonce) = random.split_first_chunk::<10>().expect("22 are more than 10");
        let nonce: [u8; NONCE_LEN] = nonce.try_into().expect("22 are 10 and 12");
        let id = KeyKind::Temporary.access_key_id(principal.account(), *for_id);
        let access_key_id = AccessKeyId::parse(&id).expect("made of letters and digits");
        let expires_at = Timestamp::from_seconds(session.ends_at.as_seconds());
        let claims = SessionClaims { principal, session };
        let encoded = claims.encode().ok_or(SessionTokenTooLarge { size_bytes: None })?;
        let mut plain = Vec::with_capacity(encoded.len() + 64);
        push_word(&mut plain, access_key_id.as_str());
        plain.extend(encoded);
        pad(&mut plain, length_min.min(TOKEN_LENGTH_MAX));
        let size_bytes = token_length(plain.len());
        if size_bytes > TOKEN_LENGTH_MAX {
            return Err(SessionTokenTooLarge { size_bytes: Some(size_bytes) });
        }
        let secret_access_key = self.secret(&access_key_id, &nonce);
        let token = self.seal(plain, nonce);
        Ok(IssuedSession { access_key_id, secret_access_key, token, expires_at })
    }

    /// The token's content, if we sealed it and its session is not over.
    pub fn open(&self, token: &str, now: Timestamp) -> Result<OpenedSession, SessionRefusal> {
        let opened = self.unseal(token).ok_or(SessionRefusal::Malformed)?;
        if now < opened.claims.session.ends_at { Ok(opened) } else { Err(SessionRefusal::Expired) }
    }

    fn seal(&self, mut plain: Vec<u8>, nonce: [u8; NONCE_LEN]) -> String {
        let tag = self
            .cipher
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(PURPOSE),
                &mut plain,
            )
            .expect("claims are far below the limit of AES-GCM");
        URL_SAFE_NO_PAD.encode([&[VERSION], &nonce[..], &plain, tag.as_ref()].concat())
    }

    fn unseal(&self, token: &str) -> Option<OpenedSession> {
        if token.len() > TOKEN_LENGTH_MAX {
            return None;
        }
        let mut token = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (version, rest) = token.split_first_mut()?;
        let (nonce, sealed) = rest.split_first_chunk_mut::<NONCE_LEN>()?;
        if *version != VERSION {
            return None;
        }
        let aad = Aad::from(PURPOSE);
        let opened =
            self.cipher.open_in_place(Nonce::assume_unique_for_key(*nonce), aad, sealed).ok()?;
        let rest = &mut without_padding(opened);
        let access_key_id = AccessKeyId::parse(take_word(rest)?).ok()?;
        let claims = SessionClaims::decode(rest)?;
        let secret = SecretKey::new(&self.secret(&access_key_id, nonce));
        Some(OpenedSession { access_key_id, secret, claims })
    }

    fn secret(&self, id: &AccessKeyId, nonce: &[u8; NONCE_LEN]) -> Zeroizing<String> {
        let mac = hmac::sign(&self.secrets, &[id.as_str().as_bytes(), nonce].concat());
        let mut secret = STANDARD.encode(mac.as_ref());
        secret.truncate(SECRET_LENGTH);
        Zeroizing::new(secret)
    }
}

/// How long a token with so many bytes of claims is.
fn token_length(plain_size_bytes: usize) -> usize {
    ((AROUND_SIZE_BYTES + plain_size_bytes) * 4).div_ceil(3)
}

/// Puts zero bytes before claims, so that their token has at least so many characters.
fn pad(plain: &mut Vec<u8>, length_min: usize) {
    let wanted = (length_min * 3).div_ceil(4).saturating_sub(AROUND_SIZE_BYTES);
    let padding = wanted.saturating_sub(plain.len());
    plain.splice(..0, std::iter::repeat_n(0, padding));
}

/// Claims begin with the length of an access key's id, in two bytes: one that is zero and one that
/// is not.
fn without_padding(plain: &[u8]) -> &[u8] {
    let zeros = plain.iter().take_while(|byte| **byte == 0).count();
    &plain[zeros.saturating_sub(1)..]
}

#[cfg(test)]
mod tests;
