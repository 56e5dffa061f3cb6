use crate::Malformed;
use crate::malformed::word;

/// An id that AWS writes as a UUID: of an event, of a lifecycle policy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(Box<str>);
word!(Uuid);

impl Uuid {
    /// An id of version 4, made of random bytes (RFC 9562 §5.4).
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Self::from_bytes(bytes)
    }

    /// The id that these bytes spell.
    pub(crate) fn from_bytes(bytes: [u8; 16]) -> Self {
        let hex = hex::encode(bytes);
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        Self(parts.join("-").into())
    }

    /// Reads a UUID of any version in lower case.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fits = text.len() == 36
            && text.bytes().enumerate().all(|(at, b)| match at {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_digit() || (b'a'..=b'f').contains(&b),
            });
        if fits { Ok(Self(text.into())) } else { Err(Malformed("a UUID")) }
    }

    /// The text, for a name that is a UUID.
    pub(crate) fn into_text(self) -> Box<str> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_of_version_4_and_read_as_they_are_written() {
        let made = Uuid::from_random([0xff; 16]);
        assert_eq!(made.as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(Uuid::parse(made.as_str()), Ok(made));
        assert!(Uuid::parse("00000000-0000-0000-0000-000000000000").is_ok(), "the nil UUID");
        for bad in [
            "",
            "ffffffff",
            "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF",
            "gfffffff-ffff-4fff-bfff-ffffffffffff",
        ] {
            assert!(Uuid::parse(bad).is_err(), "{bad:?}");
        }
    }
}
