//! One root key and its uses.
//!
//! A sealed value is `version ‖ root id ‖ salt ‖ nonce ‖ ciphertext ‖ tag`. Its AES-256-GCM key is
//! derived (HKDF-SHA-256) from the root key, the salt, the kind and the purpose. So random nonces
//! never come near their bound, however many values one root key seals. The context and everything
//! before the nonce are authenticated, not stored.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use zeroize::Zeroizing;

use crate::entropy::random;

const VERSION: u8 = 1;
const ID_BYTES: usize = 4;
const SALT_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
const HEAD_BYTES: usize = 1 + ID_BYTES + SALT_BYTES;

/// How much longer a sealed value is than its plaintext.
pub(crate) const OVERHEAD_BYTES: usize = HEAD_BYTES + NONCE_LEN + TAG_BYTES;

/// Distinguishes root keys, and is not secret. It is random, so that two keyrings do not share ids
/// by accident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RootKeyId([u8; ID_BYTES]);

impl RootKeyId {
    /// An id from its eight hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; ID_BYTES];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    pub(crate) fn from_bytes(bytes: [u8; ID_BYTES]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for RootKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for RootKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootKeyId({self})")
    }
}

#[derive(Clone)]
pub(crate) struct RootKey {
    id: RootKeyId,
    secret: Zeroizing<[u8; 32]>,
}

/// The kind of a derived key. Two kinds never share a key, whatever their purposes are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Seals data keys.
    Wrap,
    /// Seals small secrets.
    Seal,
    /// Is handed out as a [`names::SealingKey`].
    Derive,
}

impl Kind {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Wrap => b"longshore keyring 1 wrap",
            Self::Seal => b"longshore keyring 1 seal",
            Self::Derive => b"longshore keyring 1 derive",
        }
    }
}

impl RootKey {
    pub(crate) fn generate() -> Self {
        Self { id: RootKeyId(random()), secret: Zeroizing::new(random()) }
    }

    pub(crate) fn from_parts(id: RootKeyId, secret: [u8; 32]) -> Self {
        Self { id, secret: Zeroizing::new(secret) }
    }

    pub(crate) fn id(&self) -> RootKeyId {
        self.id
    }

    /// Only for the keyring file, and to hand it down.
    pub(crate) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// Seals `plaintext` for a purpose, bound to a context.
    pub(crate) fn seal(
        &self,
        kind: Kind,
        purpose: &str,
        context: &str,
        plaintext: &[u8],
    ) -> Vec<u8> {
        let salt: [u8; SALT_BYTES] = random();
        let nonce: [u8; NONCE_LEN] = random();
        let mut sealed = Vec::with_capacity(plaintext.len() + OVERHEAD_BYTES);
        sealed.push(VERSION);
        sealed.extend_from_slice(&self.id.0);
        sealed.extend_from_slice(&salt);
        let bound = bound(&sealed, context);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plaintext);
        let cipher = self.cipher(kind, purpose, &salt);
        let body = &mut sealed[HEAD_BYTES + NONCE_LEN..];
        let tag = cipher
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(bound), body)
            .expect("what fits into memory is within the cipher's limits");
        sealed.extend_from_slice(tag.as_ref());
        sealed
    }

    /// Opens a value that `seal` made under the same root, kind, purpose and context; `None`
    /// otherwise.
    pub(crate) fn open(
        &self,
        kind: Kind,
        purpose: &str,
        context: &str,
        sealed: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let (head, rest) = sealed.split_at_checked(HEAD_BYTES)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>()?;
        let cipher = self.cipher(kind, purpose, &head[1 + ID_BYTES..]);
        let aad = Aad::from(bound(head, context));
        let mut body = Zeroizing::new(body.to_vec());
        let length = {
            let nonce = Nonce::assume_unique_for_key(*nonce);
            cipher.open_in_place(nonce, aad, &mut body).ok()?.len()
        };
        body.truncate(length);
        Some(body)
    }

    /// A separate key for `kind` and `purpose`.
    pub(crate) fn derive(&self, kind: Kind, purpose: &str, salt: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut derived = Zeroizing::new([0; 32]);
        let info = [kind.label(), &[0], purpose.as_bytes()];
        hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
            .extract(&*self.secret)
            .expand(&info, hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(derived.as_mut_slice()))
            .expect("32 bytes are within HKDF's limit");
        derived
    }

    fn cipher(&self, kind: Kind, purpose: &str, salt: &[u8]) -> LessSafeKey {
        let key = self.derive(kind, purpose, salt);
        let key = UnboundKey::new(&AES_256_GCM, key.as_slice()).expect("the key has 32 bytes");
        LessSafeKey::new(key)
    }
}

/// The root id that a sealed value names, if it is one of this version.
pub(crate) fn named_root(sealed: &[u8]) -> Option<RootKeyId> {
    let (version, rest) = sealed.split_first()?;
    if *version != VERSION || sealed.len() < OVERHEAD_BYTES {
        return None;
    }
    rest.first_chunk().copied().map(RootKeyId)
}

/// The authenticated data besides the plaintext: the head, whose length is fixed, then the context.
fn bound(head: &[u8], context: &str) -> Vec<u8> {
    [head, context.as_bytes()].concat()
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootKey({})", self.id)
    }
}
