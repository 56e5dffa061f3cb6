//! Blobs: bytes, written as base64 in JSON.
//!
//! The alphabet is the standard one and padding is required. Spare bits of the last character are
//! ignored, as AWS's own decoder ignores them.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// How many bytes `text` encodes; `None` if it is not base64.
pub(crate) fn decoded_bytes(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(4) {
        return None;
    }
    let padding = bytes.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    let digits = &bytes[..bytes.len() - padding];
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    digits.iter().all(is_digit).then(|| bytes.len() / 4 * 3 - padding)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<u8>, D::Error> {
    BASE64.decode(String::deserialize(source)?).map_err(D::Error::custom)
}

/// The same, for a member that may be absent.
pub(crate) fn deserialize_optional<'de, D: Deserializer<'de>>(
    source: D,
) -> Result<Option<Vec<u8>>, D::Error> {
    let text = Option::<String>::deserialize(source)?;
    text.map(|text| BASE64.decode(text)).transpose().map_err(D::Error::custom)
}

/// Writes an optional blob of an output.
#[expect(clippy::ref_option, reason = "serde hands the member over like this")]
pub(crate) fn serialize_optional<S: Serializer>(
    bytes: &Option<Vec<u8>>,
    target: S,
) -> Result<S::Ok, S::Error> {
    match bytes {
        Some(bytes) => target.serialize_some(&BASE64.encode(bytes)),
        None => target.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BASE64, Engine, decoded_bytes};

    #[test]
    fn the_count_agrees_with_the_decoder() {
        let texts = [
            "", "=", "==", "====", "A", "AA", "AAA", "AAAA", "AA==", "AAA=", "A===", "AB==",
            "A=A=", "AA=A", "AAAAA", "AAAA====", "AA==AA==", "+/+/", "-_-_", "AA\n=", " AAA",
            "é==",
        ];
        for text in texts {
            let decoded = BASE64.decode(text).ok().map(|bytes| bytes.len());
            assert_eq!(decoded_bytes(text), decoded, "{text:?}");
        }
    }
}
