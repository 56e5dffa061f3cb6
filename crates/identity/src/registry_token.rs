//! Registry tokens: the passwords that `docker login` gets from `GetAuthorizationToken`.
//!
//! A token is `version (1) ‖ nonce (12) ‖ AES-256-GCM(claims) ‖ tag (16)` in URL-safe base64, about
//! 150 characters long: short enough for every credential store. One that was requested in a
//! session carries that session's policies and tags, and is then slightly longer than the session
//! token.
//!
//! # Invariants
//! * Stateless: everything a token says is inside it, sealed, and bound to the version and to this
//!   purpose.
//! * It says which principal requested it, with which access key, in which Region, and when it
//!   ends: after twelve hours, or with the session that requested it, which it then carries. It
//!   freezes no permission; permissions are judged at each use.
//! * It ends with its access key and its principal: the code that opens one checks that both still
//!   exist.
//! * Nonces are random. One key can seal 2³² tokens, which is a hundred logins a second for a year.
//!
//! # Who calls
//! The AWS door issues tokens; the registry door's authentication opens them, on every request of
//! every pull.
//!
//! # On a crash
//! Nothing is lost: tokens are not stored, and any node with the key opens them.

mod claims;
mod refusal;

use std::fmt;
use std::time::Duration;

use aws_lc_rs::aead::NONCE_LEN;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use names::{SealingKey, Timestamp};

pub use self::claims::TokenClaims;
pub use self::refusal::TokenRefusal;
use crate::Caller;
use crate::basic::USER;
use crate::sealed_claims::ClaimsSeal;

/// How long a token lives, as ECR's do.
pub const LIFE: Duration = Duration::from_hours(12);

const VERSION: u8 = 3;

/// Binds the seal to this purpose and version.
const PURPOSE: &[u8] = b"longshore registry token 3";

/// Seals and opens registry tokens. Holds the prepared cipher: make one and share it.
pub struct RegistryTokens {
    seal: ClaimsSeal,
}

impl fmt::Debug for RegistryTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegistryTokens(…)")
    }
}

/// A token, fresh from the seal.
#[derive(Clone)]
pub struct IssuedToken {
    /// The password to log in with, as user `AWS`.
    pub password: String,
    /// When it stops working.
    pub expires_at: Timestamp,
}

impl IssuedToken {
    /// The form that `GetAuthorizationToken` answers with: base64 of `AWS:password`.
    pub fn authorization_token(&self) -> String {
        STANDARD.encode(format!("{USER}:{}", self.password))
    }
}

impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { password: _, expires_at } = self;
        f.debug_struct("IssuedToken").field("expires_at", expires_at).finish_non_exhaustive()
    }
}

impl RegistryTokens {
    /// Prepares the cipher.
    pub fn new(key: &SealingKey) -> Self {
        Self { seal: ClaimsSeal::new(key, VERSION) }
    }

    /// A token that lets `caller` in until it expires. The nonce is fresh random bytes, never used
    /// before.
    pub fn issue(&self, caller: &Caller, now: Timestamp, nonce: [u8; NONCE_LEN]) -> IssuedToken {
        let claims = TokenClaims::of(caller, now, LIFE);
        let password = self.seal.seal(&claims, PURPOSE, nonce);
        IssuedToken { password, expires_at: claims.expires_at }
    }

    /// The token's claims, if we sealed it and it has not expired.
    pub fn open(&self, password: &str, now: Timestamp) -> Result<TokenClaims, TokenRefusal> {
        let claims = self.seal.open(password, PURPOSE).ok_or(TokenRefusal::Malformed)?;
        if now < claims.expires_at { Ok(claims) } else { Err(TokenRefusal::Expired) }
    }
}

#[cfg(test)]
mod tests;
