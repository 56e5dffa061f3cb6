//! Our own signed URLs. A client with such a URL may read one object, as the caller it was issued
//! to, until it expires.
//!
//! The query is `grant=` and the claims of that caller, sealed for the path: about 150 characters,
//! more in a session.
//!
//! # Invariants
//! * A grant opens only the path that it was sealed for. The method does not matter, so a client
//!   may send a HEAD first. The query must contain nothing else.
//! * It freezes no permission: it says which caller it was issued to, with which access key, in
//!   which session. It ends with these: the code that opens one checks that they still exist and
//!   what they may do.
//! * "Expired" is answered only for genuine URLs.
//! * Nonces are random, under a separate key: 2³² URLs are safe, which is a hundred a second for a
//!   year.
//!
//! # Who calls
//! The AWS door signs, for `GetDownloadUrlForLayer`; the door that serves those paths opens.
//!
//! # On a crash
//! Nothing is lost: URLs are not stored. Changing the key ends them all.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::aead::NONCE_LEN;
use names::{SealingKey, Timestamp};

use crate::Caller;
use crate::registry_token::TokenClaims;
use crate::sealed_claims::ClaimsSeal;

const VERSION: u8 = 1;

/// Binds the seal to this purpose and version. The path follows.
const PURPOSE: &[u8] = b"longshore signed url 2\0";

/// Why a URL opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlRefusal {
    /// The query is not of our making.
    Malformed,
    /// The path or the grant differs from the signed one.
    Altered,
    /// It was good once.
    Expired,
}

impl fmt::Display for UrlRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the URL carries no signature",
            Self::Altered => "the URL is not what was signed",
            Self::Expired => "the URL has expired",
        })
    }
}

impl std::error::Error for UrlRefusal {}

/// Signs and opens URLs. Holds the prepared cipher: make one and share it.
pub struct SignedUrls {
    seal: ClaimsSeal,
}

impl fmt::Debug for SignedUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedUrls(…)")
    }
}

impl SignedUrls {
    /// Prepares the cipher.
    pub fn new(key: &SealingKey) -> Self {
        Self { seal: ClaimsSeal::new(key, VERSION) }
    }

    /// The query that makes `path` (as it will be in the request line) readable with this URL, for
    /// as long as `life` and the caller's session. The nonce is fresh random bytes, never used
    /// before.
    pub fn sign(
        &self,
        path: &str,
        caller: &Caller,
        now: Timestamp,
        life: Duration,
        nonce: [u8; NONCE_LEN],
    ) -> String {
        let claims = TokenClaims::of(caller, now, life);
        format!("grant={}", self.seal.seal(&claims, &purpose(path), nonce))
    }

    /// The caller that this path and query were issued to, if we signed them and they have not
    /// expired.
    pub fn open(&self, path: &str, query: &str, now: Timestamp) -> Result<TokenClaims, UrlRefusal> {
        let grant = query.strip_prefix("grant=").filter(|grant| !grant.is_empty());
        let grant = grant.ok_or(UrlRefusal::Malformed)?;
        let claims = self.seal.open(grant, &purpose(path)).ok_or(UrlRefusal::Altered)?;
        if now < claims.expires_at { Ok(claims) } else { Err(UrlRefusal::Expired) }
    }
}

fn purpose(path: &str) -> Vec<u8> {
    [PURPOSE, path.as_bytes()].concat()
}

#[cfg(test)]
mod tests;
