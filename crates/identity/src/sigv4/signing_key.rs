use std::fmt;

use aws_lc_rs::{digest, hmac};
use zeroize::Zeroizing;

use super::Scope;

/// The secret half of an access key. Wiped after use.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<Box<str>>);

impl SecretKey {
    /// Takes the secret as the client has it.
    pub fn new(secret: &str) -> Self {
        Self(Zeroizing::new(secret.into()))
    }

    /// The key that signs in `scope`: each word of the scope is signed with the one before.
    pub(super) fn for_scope(&self, scope: &Scope) -> hmac::Key {
        let first = Zeroizing::new([b"AWS4", self.0.as_bytes()].concat());
        let mut key = hmac::Key::new(hmac::HMAC_SHA256, &first);
        for word in [&*scope.date, scope.region.as_str(), &*scope.service, "aws4_request"] {
            key = hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&key, word.as_bytes()).as_ref());
        }
        key
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// The SHA-256 of a request's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadHash([u8; 32]);

impl PayloadHash {
    /// Hashes a body that is at hand.
    pub fn of(body: &[u8]) -> Self {
        let hash = digest::digest(&digest::SHA256, body);
        Self(hash.as_ref().try_into().expect("SHA-256 has 32 bytes"))
    }

    /// Takes the hash of a body that was hashed while it arrived.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) fn hex(self) -> String {
        hex::encode(self.0)
    }
}
