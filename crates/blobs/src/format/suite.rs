use super::TAG_BYTES;

/// How an object's bytes are protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    /// The store's business.
    Plain,
    /// AES-256-GCM under keys derived from a data key.
    Aes256Gcm,
}

impl Suite {
    /// How many bytes a segment's tag has.
    pub(crate) fn tag_bytes(self) -> usize {
        match self {
            Self::Plain => 0,
            Self::Aes256Gcm => TAG_BYTES,
        }
    }
}
