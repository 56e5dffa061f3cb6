use crate::Malformed;
use crate::malformed::word;

/// The name of one stored object: 128 random bits in hex. Never used twice, so deleting an object
/// cannot race with a new upload of the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey(Box<str>);
word!(ObjectKey);

impl ObjectKey {
    /// A key made of random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(hex::encode(bytes).into())
    }

    /// Reads 32 lower-case hex digits.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() == 32 && text.bytes().all(hexadecimal) {
            Ok(Self(text.into()))
        } else {
            Err(Malformed("an object key"))
        }
    }
}
