use crate::Malformed;
use crate::malformed::word;

/// The id of a KMS key's material, of which a key has one for each rotation: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaterialId(Box<str>);
word!(MaterialId);

impl MaterialId {
    /// The id that these bytes spell.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
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
        if fits { Ok(Self(text.into())) } else { Err(Malformed("the id of key material")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn material_ids() {
        let made = MaterialId::from_bytes([0xab; 32]);
        assert_eq!(MaterialId::parse(made.as_str()), Ok(made.clone()));
        assert_eq!(made.to_bytes(), [0xab; 32]);
        for bad in ["", "ab", &"AB".repeat(32), &"ab".repeat(33)] {
            assert!(MaterialId::parse(bad).is_err(), "{bad:?}");
        }
    }
}
