use std::fmt;

use crate::{Digest, ImageTag, Malformed};

/// How the OCI door names a manifest: by tag or by digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// By a tag, which may move.
    Tag(ImageTag),
    /// By its address.
    Digest(Digest),
}

impl Reference {
    /// Reads a reference. A colon makes it a digest: no tag has one.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.contains(':') {
            Digest::parse(text).map(Self::Digest)
        } else {
            ImageTag::parse(text).map(Self::Tag)
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => tag.fmt(f),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}
