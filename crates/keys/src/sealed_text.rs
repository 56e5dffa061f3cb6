//! Bytes in a text, sealed with a key: a nonce, the ciphertext and the tag of AES-256-GCM, in
//! Base64.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::entropy::random;

/// It does not open with this key, or with what is bound to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Closed;

/// Seals bytes; `bound` is authenticated with them.
pub(crate) fn seal(key: &[u8; 32], bound: &[u8], plain: &[u8]) -> String {
    let nonce: [u8; NONCE_LEN] = random();
    let mut sealed = plain.to_vec();
    cipher(key)
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(bound),
            &mut sealed,
        )
        .expect("what fits into memory is within the cipher's limits");
    STANDARD.encode([&nonce[..], &sealed].concat())
}

/// Opens what [`seal`] made; `None` if the text is none.
pub(crate) fn open(
    key: &[u8; 32],
    bound: &[u8],
    text: &str,
) -> Option<Result<Zeroizing<Vec<u8>>, Closed>> {
    let bytes = STANDARD.decode(text).ok()?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = cipher(key).open_in_place(nonce, Aad::from(bound), &mut plain);
    let length = opened.map(|opened| opened.len());
    Some(length.map_err(|_| Closed).map(|length| {
        plain.truncate(length);
        plain
    }))
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key has 32 bytes"))
}
