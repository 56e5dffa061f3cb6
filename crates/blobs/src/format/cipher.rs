use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::{digest, hkdf};
use names::DataKey;
use zeroize::Zeroizing;

use super::header::Header;
use super::layout::TAG_BYTES;

/// Is a segment the last one?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Inner,
    Last,
}

/// Small values that are sealed besides the segments, each under a separate key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Footer,
    Parked,
}

/// The keys of one file.
pub(crate) enum Cipher {
    /// No keys: hashes against accidents, salted so that content cannot pass for a footer.
    Plain { salt: [u8; 32] },
    /// AES-256-GCM.
    Sealed { segments: LessSafeKey, prefix: [u8; 7], small: Zeroizing<[[u8; 32]; 2]> },
}

/// The output of HKDF: three keys and the check.
struct FourKeys;

impl hkdf::KeyType for FourKeys {
    fn len(&self) -> usize {
        4 * 32
    }
}

impl Cipher {
    /// The keys and the check of the file with this header.
    pub(crate) fn derive(
        header: &Header,
        encoded: &[u8],
        key: Option<&DataKey>,
    ) -> (Self, [u8; 32]) {
        let Some(key) = key else {
            return (Self::Plain { salt: header.salt }, hash(&[encoded]));
        };
        let mut keys = Zeroizing::new([[0; 32]; 4]);
        hkdf::Salt::new(hkdf::HKDF_SHA256, &header.salt)
            .extract(key.expose())
            .expand(&[b"longshore object 1", encoded], FourKeys)
            .and_then(|okm| okm.fill(keys.as_flattened_mut()))
            .expect("128 bytes are within HKDF's limit");
        let small = Zeroizing::new([keys[1], keys[2]]);
        let segments = aes(&keys[0]);
        (Self::Sealed { segments, prefix: header.prefix, small }, keys[3])
    }

    /// Seals one segment in place. `tag` has the suite's length.
    pub(crate) fn seal_segment(
        &self,
        index: u64,
        place: Place,
        content: &mut [u8],
        tag: &mut [u8],
    ) {
        let Self::Sealed { segments, prefix, .. } = self else { return };
        let sealed = segments
            .seal_in_place_separate_tag(segment_nonce(*prefix, index, place), Aad::empty(), content)
            .expect("a segment is within the cipher's limits");
        tag.copy_from_slice(sealed.as_ref());
    }

    /// Opens one segment in place. Returns false if it was not sealed for that place.
    #[must_use]
    pub(crate) fn open_segment(&self, index: u64, place: Place, sealed: &mut [u8]) -> bool {
        let Self::Sealed { segments, prefix, .. } = self else { return true };
        segments.open_in_place(segment_nonce(*prefix, index, place), Aad::empty(), sealed).is_ok()
    }

    /// Seals a small value: nonce ‖ ciphertext ‖ tag.
    pub(crate) fn seal_small(&self, purpose: Purpose, bound: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        fill_random(&mut nonce);
        let mut sealed = Vec::with_capacity(NONCE_LEN + plaintext.len() + TAG_BYTES);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plaintext);
        match self {
            Self::Plain { salt } => {
                let tag = plain_tag(salt, purpose, bound, &sealed);
                sealed.extend_from_slice(&tag);
            }
            Self::Sealed { small, .. } => {
                let tag = aes(&small[purpose as usize])
                    .seal_in_place_separate_tag(
                        Nonce::assume_unique_for_key(nonce),
                        Aad::from(bound),
                        &mut sealed[NONCE_LEN..],
                    )
                    .expect("a small value is within the cipher's limits");
                sealed.extend_from_slice(tag.as_ref());
            }
        }
        sealed
    }

    /// Opens a value that `seal_small` made for the same purpose, bound to the same bytes.
    pub(crate) fn open_small(
        &self,
        purpose: Purpose,
        bound: &[u8],
        sealed: &[u8],
    ) -> Option<Vec<u8>> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let (plaintext, tag) = body.split_last_chunk::<TAG_BYTES>()?;
        match self {
            Self::Plain { salt } => {
                let expected = plain_tag(salt, purpose, bound, &sealed[..sealed.len() - TAG_BYTES]);
                verify_slices_are_equal(&expected, tag).ok()?;
                Some(plaintext.to_vec())
            }
            Self::Sealed { small, .. } => {
                let mut plaintext = plaintext.to_vec();
                let nonce = Nonce::assume_unique_for_key(*nonce);
                aes(&small[purpose as usize])
                    .open_in_place_separate_tag(nonce, Aad::from(bound), tag, &mut plaintext)
                    .ok()?;
                Some(plaintext)
            }
        }
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain { .. } => "Cipher(plain)",
            Self::Sealed { .. } => "Cipher(sealed)",
        })
    }
}

/// Random bytes from the cryptographic library.
pub(crate) fn fill_random(bytes: &mut [u8]) {
    aws_lc_rs::rand::fill(bytes).expect("the system has entropy once it has booted");
}

fn aes(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key has 32 bytes"))
}

fn segment_nonce(prefix: [u8; 7], index: u64, place: Place) -> Nonce {
    let index = u32::try_from(index).expect("sizes are bounded by SIZE_BYTES_MAX");
    let mut nonce = [0; NONCE_LEN];
    nonce[..7].copy_from_slice(&prefix);
    nonce[7..11].copy_from_slice(&index.to_be_bytes());
    nonce[11] = u8::from(place == Place::Last);
    Nonce::assume_unique_for_key(nonce)
}

fn plain_tag(salt: &[u8; 32], purpose: Purpose, bound: &[u8], value: &[u8]) -> [u8; TAG_BYTES] {
    let bound_length = (bound.len() as u64).to_le_bytes();
    let whole = hash(&[salt, &[purpose as u8], &bound_length, bound, value]);
    *whole.first_chunk().expect("a hash is longer than a tag")
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    context.finish().as_ref().try_into().expect("SHA-256 has 32 bytes")
}
