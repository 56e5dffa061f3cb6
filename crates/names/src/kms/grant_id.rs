use crate::Malformed;
use crate::malformed::word;

/// The id of a grant on a KMS key: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrantId(Box<str>);
word!(GrantId);

impl GrantId {
    /// An id made of random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(hex::encode(bytes).into())
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        hex::decode_to_slice(&*self.0, &mut bytes).expect("an id is hexadecimal");
        bytes
    }

    /// Reads 64 digits in lower case.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let fits = text.len() == 64 && text.bytes().all(is_digit);
        if fits { Ok(Self(text.into())) } else { Err(Malformed("the id of a grant")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grant_ids() {
        let made = GrantId::from_random([0x5a; 32]);
        assert_eq!(made.to_bytes(), [0x5a; 32]);
        assert_eq!(GrantId::parse(made.as_str()), Ok(made));
        for bad in ["", "5a", &"5A".repeat(32), &"5a".repeat(64)] {
            assert!(GrantId::parse(bad).is_err(), "{bad:?}");
        }
    }
}
