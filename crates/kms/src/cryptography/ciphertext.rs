//! The format of a ciphertext:
//!
//! ```text
//! offset  bytes
//!      0      1  version: 1
//!      1     16  the key's id, a UUID
//!     17     32  the id of its material
//!     49     16  salt
//!     65     12  nonce
//!     77      n  AES-256-GCM of n bytes
//!   77+n     16  tag
//! ```
//!
//! The cipher's key is HKDF-SHA-256 of the material, with the salt, for `longshore kms 1 encrypt`.
//! So random nonces never come near their bound, however much one key encrypts. What is before the
//! nonce and the encryption context are authenticated. The context is written as the number of its
//! pairs, and for each pair, in the order of their keys, the length and the bytes of the key and of
//! the value. Numbers have four bytes, the highest first.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use names::{KmsKeyId, MaterialId};
use zeroize::Zeroizing;

use super::EncryptionContext;
use crate::key::Material;

const VERSION: u8 = 1;
const KEY_BYTES: usize = 16;
const MATERIAL_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
const HEAD_BYTES: usize = 1 + KEY_BYTES + MATERIAL_BYTES + SALT_BYTES;

/// The longest ciphertext that the model takes.
const BYTES_MAX: usize = 6_144;

const LABEL: &[u8] = b"longshore kms 1 encrypt";

/// A ciphertext: which key and material it names. That proves nothing until it opens.
#[derive(Clone, Copy)]
pub struct Ciphertext<'a> {
    head: &'a [u8; HEAD_BYTES],
    nonce: &'a [u8; NONCE_LEN],
    body: &'a [u8],
}

impl<'a> Ciphertext<'a> {
    /// Reads a stranger's bytes; `None` if they are no ciphertext of this format.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        if bytes.len() > BYTES_MAX || bytes.first() != Some(&VERSION) {
            return None;
        }
        let (head, rest) = bytes.split_first_chunk::<HEAD_BYTES>()?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>()?;
        (body.len() >= TAG_BYTES).then_some(Self { head, nonce, body })
    }

    /// The key that it names.
    pub fn key(&self) -> KmsKeyId {
        let bytes = self.head[1..].first_chunk::<KEY_BYTES>().expect("the head is longer");
        KmsKeyId::from_bytes(*bytes)
    }

    /// The key's material that it names.
    pub fn material(&self) -> MaterialId {
        let bytes = self.head[1 + KEY_BYTES..].first_chunk().expect("the head is longer");
        MaterialId::from_bytes(*bytes)
    }

    /// What it was made of, if it was made with this material and context.
    pub(crate) fn open(
        &self,
        material: &Material,
        context: &EncryptionContext,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let salt = &self.head[HEAD_BYTES - SALT_BYTES..];
        let aad = Aad::from(context.bound_to(self.head));
        let mut body = Zeroizing::new(self.body.to_vec());
        let nonce = Nonce::assume_unique_for_key(*self.nonce);
        let length = cipher(material, salt).open_in_place(nonce, aad, &mut body).ok()?.len();
        body.truncate(length);
        Some(body)
    }
}

impl fmt::Debug for Ciphertext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ciphertext").field("key", &self.key()).finish_non_exhaustive()
    }
}

/// Encrypts with a key's material.
pub(crate) fn seal(
    (key, id): (&KmsKeyId, &MaterialId),
    material: &Material,
    context: &EncryptionContext,
    plaintext: &[u8],
) -> Vec<u8> {
    let salt: [u8; SALT_BYTES] = keys::random();
    let nonce: [u8; NONCE_LEN] = keys::random();
    let mut sealed = Vec::with_capacity(HEAD_BYTES + NONCE_LEN + plaintext.len() + TAG_BYTES);
    sealed.push(VERSION);
    sealed.extend_from_slice(&key.to_bytes());
    sealed.extend_from_slice(&id.to_bytes());
    sealed.extend_from_slice(&salt);
    let aad = Aad::from(context.bound_to(&sealed));
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plaintext);
    let body = &mut sealed[HEAD_BYTES + NONCE_LEN..];
    let tag = cipher(material, &salt)
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad, body)
        .expect("what KMS encrypts is within the cipher's limits");
    sealed.extend_from_slice(tag.as_ref());
    sealed
}

fn cipher(material: &Material, salt: &[u8]) -> LessSafeKey {
    let mut derived = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(material.expose())
        .expand(&[LABEL], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(derived.as_mut_slice()))
        .expect("32 bytes are within HKDF's limit");
    let key = UnboundKey::new(&AES_256_GCM, derived.as_slice()).expect("the key has 32 bytes");
    LessSafeKey::new(key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use names::KeySpec;

    use super::*;
    use crate::key::generate;

    fn context(pairs: &[(&str, &str)]) -> EncryptionContext {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        EncryptionContext::new(pairs.collect::<BTreeMap<_, _>>()).unwrap()
    }

    fn sealed(plaintext: &[u8]) -> (Material, Vec<u8>) {
        let (key, id) = (KmsKeyId::from_random([1; 16]), MaterialId::from_bytes([2; 32]));
        let (material, _) = generate(KeySpec::SymmetricDefault).unwrap();
        let sealed = seal((&key, &id), &material, &context(&[("a", "1")]), plaintext);
        (material, sealed)
    }

    #[test]
    fn a_ciphertext_opens_with_its_material_and_context() {
        for plaintext in [&b""[..], b"x", &[7; 4_096]] {
            let (material, sealed) = sealed(plaintext);
            assert_eq!(sealed.len(), plaintext.len() + 93);
            let read = Ciphertext::parse(&sealed).unwrap();
            assert_eq!(read.key(), KmsKeyId::from_random([1; 16]));
            assert_eq!(read.material(), MaterialId::from_bytes([2; 32]));
            let opened = read.open(&material, &context(&[("a", "1")])).unwrap();
            assert_eq!(*opened, plaintext);
        }
    }

    #[test]
    fn a_ciphertext_opens_with_nothing_else() {
        let (material, sealed) = sealed(b"secret");
        let (other, _) = generate(KeySpec::SymmetricDefault).unwrap();
        let read = Ciphertext::parse(&sealed).unwrap();
        assert!(read.open(&other, &context(&[("a", "1")])).is_none(), "another material");
        #[rustfmt::skip]
        let contexts: [(&[(&str, &str)], &str); 6] = [
            (&[],                       "none"),
            (&[("a", "2")],             "another value"),
            (&[("A", "1")],             "case counts"),
            (&[("a", "1"), ("b", "")],  "one more"),
            (&[("", "a1")],             "the same bytes"),
            (&[("a1", "")],             "the same bytes"),
        ];
        for (pairs, because) in contexts {
            assert!(read.open(&material, &context(pairs)).is_none(), "{because}");
        }
    }

    #[test]
    fn every_altered_bit_is_noticed() {
        let (material, sealed) = sealed(b"secret");
        for at in 0..sealed.len() * 8 {
            let mut altered = sealed.clone();
            altered[at / 8] ^= 1 << (at % 8);
            let opened = Ciphertext::parse(&altered)
                .and_then(|read| read.open(&material, &context(&[("a", "1")])));
            assert!(opened.is_none(), "bit {at}");
        }
    }

    #[test]
    fn what_is_no_ciphertext_is_not_read() {
        let (_, sealed) = sealed(b"");
        let short = &sealed[..sealed.len() - 1];
        let newer = [&[2], &sealed[1..]].concat();
        let long = [sealed.as_slice(), &[0; BYTES_MAX]].concat();
        #[rustfmt::skip]
        let cases: [(&[u8], &str); 5] = [
            (b"",    "empty"),
            (b"\x01", "only a version"),
            (short,  "it ends in its tag"),
            (&newer, "another version"),
            (&long,  "longer than any"),
        ];
        for (bytes, because) in cases {
            assert!(Ciphertext::parse(bytes).is_none(), "{because}");
        }
    }
}
