use crate::Malformed;
use crate::malformed::word;

/// The id of a KMS key: a UUID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KmsKeyId(Box<str>);
word!(KmsKeyId);

impl KmsKeyId {
    /// An id made of random bytes (RFC 9562 §5.4).
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Self::from_bytes(bytes)
    }

    /// The id that these bytes spell, e.g. in a ciphertext.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let hex = hex::encode(bytes);
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        Self(parts.join("-").into())
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        let digits: String = self.0.chars().filter(|c| *c != '-').collect();
        hex::decode_to_slice(digits, &mut bytes).expect("an id is a UUID");
        bytes
    }

    /// Reads a UUID in lower case.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fits = text.len() == 36
            && text.bytes().enumerate().all(|(at, b)| match at {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_digit() || (b'a'..=b'f').contains(&b),
            });
        if fits { Ok(Self(text.into())) } else { Err(Malformed("the id of a KMS key")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_ids() {
        let made = KmsKeyId::from_random([0xab; 16]);
        assert_eq!(made.as_str(), "abababab-abab-4bab-abab-abababababab");
        assert_eq!(KmsKeyId::parse(made.as_str()), Ok(made.clone()));
        assert_eq!(KmsKeyId::from_bytes(made.to_bytes()), made);
        for bad in
            ["", "mrk-1234abcd12ab34cd56ef1234567890ab", "ABABABAB-abab-4bab-abab-abababababab"]
        {
            assert!(KmsKeyId::parse(bad).is_err(), "{bad:?}");
        }
    }
}
