//! The format of a data key that is wrapped under a KMS key:
//!
//! ```text
//! offset  bytes
//!      0      1  `K`: what the keyring wraps starts with 1
//!      1      1  version: 1
//!      2      2  length k of the KMS key's ARN
//!      4      k  the KMS key's ARN
//!    4+k      2  length r of the repository's ARN
//!    6+k      r  the ARN of the repository that the object was made for
//!  6+k+r      n  the ciphertext of the service, to the end
//! ```
//!
//! Numbers have two bytes, the lowest first. Nothing of it is secret. It is authentic only as far
//! as the ciphertext opens with the context that is named here.

use names::{KmsKeyArn, RepositoryArn, WrappedKey};

const MARK: u8 = b'K';
const VERSION: u8 = 1;

/// Far more than any service's ciphertext of 32 bytes, and what the header of an object holds.
const BYTES_MAX: usize = 1024;

/// A data key that is wrapped under a KMS key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerWrapped {
    /// The KMS key.
    pub key: KmsKeyArn,
    /// The repository that the object was made for.
    pub repository: RepositoryArn,
    /// The ciphertext of the service.
    pub ciphertext: Vec<u8>,
}

impl CustomerWrapped {
    /// Whether this is a key under a KMS key, and not one of the keyring.
    pub fn is_one(wrapped: &WrappedKey) -> bool {
        wrapped.as_bytes().first() == Some(&MARK)
    }

    /// Reads what [`CustomerWrapped::write`] wrote; `None` if it is something else.
    pub fn read(wrapped: &WrappedKey) -> Option<Self> {
        let bytes = wrapped.as_bytes();
        if bytes.len() > BYTES_MAX {
            return None;
        }
        let rest = bytes.strip_prefix(&[MARK, VERSION])?;
        let (key, rest) = text(rest)?;
        let (repository, ciphertext) = text(rest)?;
        Some(Self {
            key: KmsKeyArn::parse(key).ok()?,
            repository: RepositoryArn::parse(repository).ok()?,
            ciphertext: ciphertext.to_vec(),
        })
    }

    /// As rows and objects have it; `None` if it is too long for an object's header.
    pub fn write(&self) -> Option<WrappedKey> {
        let mut bytes = vec![MARK, VERSION];
        for text in [self.key.to_string(), self.repository.to_string()] {
            bytes.extend_from_slice(&u16::try_from(text.len()).ok()?.to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&self.ciphertext);
        (bytes.len() <= BYTES_MAX).then(|| WrappedKey::from_bytes(&bytes))
    }
}

fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    let (text, rest) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped() -> CustomerWrapped {
        let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let repository = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
        CustomerWrapped {
            key: KmsKeyArn::parse(key).unwrap(),
            repository: RepositoryArn::parse(repository).unwrap(),
            ciphertext: vec![7; 125],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let written = wrapped().write().unwrap();
        assert!(CustomerWrapped::is_one(&written));
        assert_eq!(CustomerWrapped::read(&written), Some(wrapped()));
        let keyring = WrappedKey::from_bytes(&[1; 81]);
        assert!(!CustomerWrapped::is_one(&keyring));
        assert_eq!(CustomerWrapped::read(&keyring), None);
    }

    #[test]
    fn what_no_header_holds_is_not_written() {
        let long = |bytes| CustomerWrapped { ciphertext: vec![7; bytes], ..wrapped() }.write();
        assert!(long(800).is_some());
        assert!(long(1024).is_none());
    }

    #[test]
    fn other_bytes_are_not_read() {
        let good = wrapped().write().unwrap();
        let good = good.as_bytes();
        let with = |at: usize, byte: u8| {
            let mut bytes = good.to_vec();
            bytes[at] = byte;
            bytes
        };
        #[rustfmt::skip]
        let cases = [
            (Vec::new(),                 "empty: the store protects"),
            (vec![b'K'],                 "only a mark"),
            (with(0, 1),                 "the keyring's"),
            (with(1, 2),                 "another version"),
            (with(2, 255),               "a length beyond its end"),
            (with(2, 1),                 "a length that cuts the ARN"),
            (with(4, b'x'),              "no ARN"),
            (good[..6].to_vec(),         "it ends in the ARN"),
            (vec![b'K'; 2000],           "longer than any"),
            ([&good[..4], &[0xff; 80], &good[84..]].concat(), "no text"),
        ];
        for (bytes, because) in cases {
            assert_eq!(CustomerWrapped::read(&WrappedKey::from_bytes(&bytes)), None, "{because}");
        }
    }
}
