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
    /// Hashes a body in memory.
    pub fn of(body: &[u8]) -> Self {
        let hash = digest::digest(&digest::SHA256, body);
        Self(hash.as_ref().try_into().expect("SHA-256 has 32 bytes"))
    }

    /// The hash of a body that was hashed while it arrived.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a hash as `x-amz-content-sha256` spells it: 64 lower-case hexadecimal digits.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; 32];
        let lower = !text.iter().any(u8::is_ascii_uppercase);
        (lower && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(Self(bytes))
    }

    pub(super) fn hex(self) -> String {
        hex::encode(self.0)
    }
}

/// Hashes a body while it arrives, so that a long one never blocks a thread for long.
#[derive(Clone)]
pub struct PayloadHasher(digest::Context);

impl PayloadHasher {
    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all bytes.
    pub fn finish(self) -> PayloadHash {
        let hash = self.0.finish();
        PayloadHash(hash.as_ref().try_into().expect("SHA-256 has 32 bytes"))
    }
}

impl Default for PayloadHasher {
    fn default() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }
}

impl fmt::Debug for PayloadHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PayloadHasher(…)")
    }
}
