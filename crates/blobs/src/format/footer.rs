use names::{Algorithm, Digest};

use super::cipher::{Cipher, Purpose};
use super::layout::FOOTER_BYTES;

const MAGIC: &[u8; 8] = b"LSFOOTER";
const VALUE_BYTES: usize = FOOTER_BYTES - MAGIC.len() - 12 - 16;
const HASH_BYTES_MAX: usize = 64;
const FIXED_BYTES: usize = 8 + 1 + HASH_BYTES_MAX + 2;

/// The longest description that a footer can hold.
pub const DESCRIPTION_BYTES_MAX: usize = 912;
const _: () = assert!(FIXED_BYTES + DESCRIPTION_BYTES_MAX <= VALUE_BYTES);

/// The footer of a file: a statement about the content, made at its commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer {
    /// The digest of the content.
    pub digest: Digest,
    /// How long the content is.
    pub size_bytes: u64,
    /// Data that the caller of the commit wants to find here later.
    pub description: Vec<u8>,
}

impl Footer {
    /// The sealed footer. `None` if the description is too long.
    pub(crate) fn seal(&self, cipher: &Cipher) -> Option<Vec<u8>> {
        let Self { digest, size_bytes, description } = self;
        let length = u16::try_from(description.len()).ok()?;
        if description.len() > DESCRIPTION_BYTES_MAX {
            return None;
        }
        let (algorithm, hash) = (digest.algorithm(), hex::decode(digest.hex()).ok()?);
        let mut value = Vec::with_capacity(VALUE_BYTES);
        value.extend_from_slice(&size_bytes.to_le_bytes());
        value.push(match algorithm {
            Algorithm::Sha256 => 1,
            Algorithm::Sha512 => 2,
        });
        value.extend_from_slice(&hash);
        value.resize(8 + 1 + HASH_BYTES_MAX, 0);
        value.extend_from_slice(&length.to_le_bytes());
        value.extend_from_slice(description);
        value.resize(VALUE_BYTES, 0);
        let mut footer = MAGIC.to_vec();
        footer.extend_from_slice(&cipher.seal_small(Purpose::Footer, MAGIC, &value));
        Some(footer)
    }

    /// Whether this looks like a footer. It needs no key.
    pub(crate) fn is_recognised(sealed: &[u8]) -> bool {
        sealed.len() == FOOTER_BYTES && sealed.starts_with(MAGIC)
    }

    /// Opens a sealed footer; `None` if it was altered.
    pub(crate) fn open(cipher: &Cipher, sealed: &[u8]) -> Option<Self> {
        if !Self::is_recognised(sealed) {
            return None;
        }
        let value = cipher.open_small(Purpose::Footer, MAGIC, &sealed[MAGIC.len()..])?;
        let (size_bytes, rest) = value.split_first_chunk::<8>()?;
        let (algorithm, rest) = rest.split_first()?;
        let (hash, rest) = rest.split_at_checked(HASH_BYTES_MAX)?;
        let (name, hash) = match algorithm {
            1 => (Algorithm::Sha256.as_str(), &hash[..32]),
            2 => (Algorithm::Sha512.as_str(), hash),
            _ => return None,
        };
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let description = rest.get(..usize::from(u16::from_le_bytes(*length)))?.to_vec();
        let digest = Digest::parse(&format!("{name}:{}", hex::encode(hash))).ok()?;
        Some(Self { digest, size_bytes: u64::from_le_bytes(*size_bytes), description })
    }
}
