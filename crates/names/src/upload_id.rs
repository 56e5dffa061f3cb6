use crate::Malformed;
use crate::malformed::word;

/// The name of one upload: a UUID of version 4, as ECR hands them out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadId(Box<str>);
word!(UploadId);

impl UploadId {
    /// An id made of random bytes (RFC 9562 §5.4).
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let hex = hex::encode(bytes);
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        Self(parts.join("-").into())
    }

    /// Reads a UUID in lower case.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fits = text.len() == 36
            && text.bytes().enumerate().all(|(at, b)| match at {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_digit() || (b'a'..=b'f').contains(&b),
            });
        if fits { Ok(Self(text.into())) } else { Err(Malformed("an upload id")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upload_ids() {
        let made = UploadId::from_random([0xab; 16]);
        assert_eq!(made.as_str(), "abababab-abab-4bab-abab-abababababab");
        assert_eq!(UploadId::parse(made.as_str()), Ok(made));
        for bad in
            ["", "..", "abababab-abab-4bab-abab-ababababab", "ABABABAB-abab-4bab-abab-abababababab"]
        {
            assert!(UploadId::parse(bad).is_err(), "{bad:?}");
        }
    }
}
