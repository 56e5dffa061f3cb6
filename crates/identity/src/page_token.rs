//! Page tokens: where a list continues, in a form that only we can write.
//!
//! # Invariants
//! * A token opens only under the key and in the context (operation, registry, repository, filter
//!   …) that it was sealed in. A forged token, or one from another list, is refused and never
//!   becomes a position.
//! * The payload is authenticated, not hidden: put no secret in it. The client has seen the page it
//!   came from.
//! * Tokens are stable: the same position in the same list has the same token, on every node.
//!
//! # Who calls
//! Both doors, for lists with pages.
//!
//! # On a crash
//! There is no state.

use std::fmt;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use names::SealingKey;

/// Ample for the longest repository name with the longest tag and a digest.
const PAYLOAD_SIZE_BYTES_MAX: usize = 1_024;

const VERSION: u8 = 1;
const MAC_SIZE_BYTES: usize = 32;
const SEALED_SIZE_BYTES_MAX: usize = 1 + PAYLOAD_SIZE_BYTES_MAX + MAC_SIZE_BYTES;

/// Keeps these MACs apart from any other that is made under the same key.
const PURPOSE: &[u8] = b"longshore page token\0";

/// A token that we did not write, or not for this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPageToken;

impl fmt::Display for InvalidPageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a page token of this list")
    }
}

impl std::error::Error for InvalidPageToken {}

/// Writes a token for `payload`, at most 1,024 bytes, that opens in `context` only.
pub fn seal(key: &SealingKey, context: &str, payload: &[u8]) -> String {
    assert!(payload.len() <= PAYLOAD_SIZE_BYTES_MAX, "a position in a list is small");
    let mut sealed = Vec::with_capacity(1 + payload.len() + MAC_SIZE_BYTES);
    sealed.push(VERSION);
    sealed.extend_from_slice(payload);
    let mac = hmac::sign(&mac_key(key), &authenticated(context, payload));
    sealed.extend_from_slice(mac.as_ref());
    URL_SAFE_NO_PAD.encode(sealed)
}

/// Returns the payload of [`seal`], if key and context are the same.
pub fn open(key: &SealingKey, context: &str, token: &str) -> Result<Vec<u8>, InvalidPageToken> {
    if token.len() > SEALED_SIZE_BYTES_MAX.div_ceil(3) * 4 {
        return Err(InvalidPageToken);
    }
    let sealed = URL_SAFE_NO_PAD.decode(token).map_err(|_| InvalidPageToken)?;
    let (&version, rest) = sealed.split_first().ok_or(InvalidPageToken)?;
    let (payload, mac) = rest.split_last_chunk::<MAC_SIZE_BYTES>().ok_or(InvalidPageToken)?;
    if version != VERSION {
        return Err(InvalidPageToken);
    }
    hmac::verify(&mac_key(key), &authenticated(context, payload), mac)
        .map_err(|_| InvalidPageToken)?;
    Ok(payload.to_vec())
}

fn mac_key(key: &SealingKey) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, key.expose())
}

/// Purpose, version, then the context with its length before it, so that no part can pass for
/// another.
fn authenticated(context: &str, payload: &[u8]) -> Vec<u8> {
    let length = u64::try_from(context.len()).expect("a length fits 64 bits");
    [PURPOSE, &[VERSION], &length.to_be_bytes(), context.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: &str = "ListImages 123456789012 us-east-1 web TAGGED";

    fn key(byte: u8) -> SealingKey {
        SealingKey::from_bytes([byte; 32])
    }

    #[test]
    fn a_token_opens_where_it_was_sealed() {
        for payload in [&b""[..], b"v1", &[0, 255, 10], &[7; PAYLOAD_SIZE_BYTES_MAX]] {
            let token = seal(&key(1), CONTEXT, payload);
            assert_eq!(open(&key(1), CONTEXT, &token).as_deref(), Ok(payload));
            assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        }
    }

    #[test]
    fn a_token_opens_nowhere_else() {
        let token = seal(&key(1), CONTEXT, b"v1");
        assert_eq!(open(&key(2), CONTEXT, &token), Err(InvalidPageToken), "another key");
        let other = "ListImages 123456789012 us-east-1 web UNTAGGED";
        assert_eq!(open(&key(1), other, &token), Err(InvalidPageToken), "another filter");
    }

    #[test]
    fn bytes_cannot_move_between_context_and_payload() {
        let token = seal(&key(1), "ab", b"c");
        let mut sealed = URL_SAFE_NO_PAD.decode(&token).unwrap();
        sealed.splice(1..2, *b"bc");
        let forged = URL_SAFE_NO_PAD.encode(sealed);
        assert_eq!(open(&key(1), "a", &forged), Err(InvalidPageToken));
    }

    #[test]
    fn no_bit_can_be_changed() {
        let sealed = URL_SAFE_NO_PAD.decode(seal(&key(1), CONTEXT, b"v1")).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let token = URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(open(&key(1), CONTEXT, &token), Err(InvalidPageToken), "bit {bit}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let long = "A".repeat(2_000);
        for token in ["", "A", "AQ", "AQ==", "not a token", "\u{1f4a5}", &long] {
            assert_eq!(open(&key(1), CONTEXT, token), Err(InvalidPageToken), "{token:?}");
        }
    }
}
