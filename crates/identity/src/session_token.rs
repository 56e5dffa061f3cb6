//! Session tokens: temporary credentials that carry what they are good for.
//!
//! A token is `version (1) ‖ nonce (12) ‖ AES-256-GCM(claims) ‖ tag (16)` in URL-safe base64, always shorter
//! than 2,000 characters. The claims are the access key's id, whose it is, and what the session says.
//!
//! # Invariants
//! * Stateless: whatever a session is, is inside its token, sealed, and bound to the version and to this
//!   purpose. No row is kept, and any node with the key opens it.
//! * A token belongs to one access key. Its secret is derived from our key, the id and the token's nonce, so
//!   that it is not in the token either.
//! * Names and paths are not in it: who opens one looks up whose it is today, and refuses what is gone.
//! * Policies and tags are deflated. What still takes more than its share of the 2,000 characters is refused
//!   when the session begins, as AWS does, and never later.
//! * Nonces are random. One key may seal 2³² tokens, which is a hundred sessions a second for a year.
//!
//! # Who calls
//! The AWS door's STS operations issue; the guard of the AWS door opens.
//!
//! # On a crash
//! Nothing is left.

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

/// Every token of ours is shorter: the claims' words are bounded, and so is what is packed.
pub const TOKEN_LENGTH_MAX: usize = 2_000;

/// The share of policies and tags, deflated, in a token: a session that fills it is 100 % packed. With the
/// longest of all other words, a session token and a registry token stay below 2,000 characters.
pub const PACKED_SIZE_BYTES_MAX: usize = 850;

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
    /// What requests are signed with. Told once, here.
    pub secret_access_key: Zeroizing<String>,
    /// What must come with every request.
    pub token: String,
    /// When they stop working.
    pub expires_at: Timestamp,
    /// How much of the room for policies and tags is taken, in percent.
    pub packed_policy_percent: u64,
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
    /// The access key that it belongs to, and no other.
    pub access_key_id: AccessKeyId,
    /// The secret of that key.
    pub secret: SecretKey,
    /// Whose it is, and what it says.
    pub claims: SessionClaims,
}

/// Why a session token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionRefusal {
    /// Not sealed by us, or not a session token.
    Malformed,
    /// It was good once.
    Expired,
}

/// The policies and tags of a session do not fit into a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackedPolicyTooLarge {
    /// How much of the room they would take, in percent; `None` if far too much to tell.
    pub percent: Option<u64>,
}

impl fmt::Display for PackedPolicyTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.percent {
            Some(percent) => write!(
                f,
                "Packed size of session tags and session policies consumes {percent}% of allotted space."
            ),
            None => f.write_str("Packed size of session tags and session policies is too large."),
        }
    }
}

impl std::error::Error for PackedPolicyTooLarge {}

impl SessionTokens {
    /// Prepares the keys.
    pub fn new(key: &SealingKey) -> Self {
        let cipher = UnboundKey::new(&AES_256_GCM, key.expose()).expect("the key has 32 bytes");
        let root = hmac::Key::new(hmac::HMAC_SHA256, key.expose());
        let derived = hmac::sign(&root, SECRET_PURPOSE);
        let secrets = hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref());
        Self { cipher: LessSafeKey::new(cipher), secrets }
    }

    /// Begins a session of `principal`.
    pub fn issue(
        &self,
        principal: PrincipalId,
        session: Session,
        random: [u8; RANDOM_SIZE_BYTES],
    ) -> Result<IssuedSession, PackedPolicyTooLarge> {
        let (for_id, nonce) = random.split_first_chunk::<10>().expect("22 are more than 10");
        let nonce: [u8; NONCE_LEN] = nonce.try_into().expect("22 are 10 and 12");
        let id = KeyKind::Temporary.access_key_id(principal.account(), *for_id);
        let access_key_id = AccessKeyId::parse(&id).expect("made of letters and digits");
        let expires_at = Timestamp::from_seconds(session.ends_at.as_seconds());
        let claims = SessionClaims { principal, session };
        let encoded = claims.encode().ok_or(PackedPolicyTooLarge { percent: None })?;
        let percent = (encoded.packed_size_bytes * 100).div_ceil(PACKED_SIZE_BYTES_MAX) as u64;
        if percent > 100 {
            return Err(PackedPolicyTooLarge { percent: Some(percent) });
        }
        let mut plain = Vec::with_capacity(encoded.bytes.len() + 64);
        push_word(&mut plain, access_key_id.as_str());
        plain.extend(encoded.bytes);
        let secret_access_key = self.secret(&access_key_id, &nonce);
        let token = self.seal(plain, nonce);
        debug_assert!(token.len() < TOKEN_LENGTH_MAX, "the words of a token are bounded");
        let packed_policy_percent = percent;
        Ok(IssuedSession {
            access_key_id,
            secret_access_key,
            token,
            expires_at,
            packed_policy_percent,
        })
    }

    /// What the token says, if we sealed it and its session is not over.
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
        if token.len() >= TOKEN_LENGTH_MAX {
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
        let rest = &mut &*opened;
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

#[cfg(test)]
mod tests;
