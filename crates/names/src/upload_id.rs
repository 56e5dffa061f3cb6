use crate::malformed::word;
use crate::{Malformed, Uuid};

/// The name of one upload: a UUID of version 4, as ECR hands them out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadId(Box<str>);
word!(UploadId);

impl UploadId {
    /// An id made of random bytes (RFC 9562 §5.4).
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_random(bytes).into_text())
    }

    /// Reads a UUID in lower case.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let read = Uuid::parse(text).map_err(|_| Malformed("an upload id"))?;
        Ok(Self(read.into_text()))
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
