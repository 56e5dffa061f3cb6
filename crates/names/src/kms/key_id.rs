use crate::malformed::word;
use crate::{Malformed, Uuid};

/// The id of a KMS key: a UUID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KmsKeyId(Box<str>);
word!(KmsKeyId);

impl KmsKeyId {
    /// An id made of random bytes (RFC 9562 §5.4).
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_random(bytes).into_text())
    }

    /// The id that these bytes spell, e.g. in a ciphertext.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes).into_text())
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
        let read = Uuid::parse(text).map_err(|_| Malformed("the id of a KMS key"))?;
        Ok(Self(read.into_text()))
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
