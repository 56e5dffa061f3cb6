use std::fmt;

use crate::{Digest, ImageTag, Reference};

/// How ECR names an image: by its digest, by a tag, or by a tag that must point to a digest. Never
/// by nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageId {
    /// By its address.
    Digest(Digest),
    /// By a tag, which may move.
    Tag(ImageTag),
    /// By a tag, as long as it points to this image.
    Both {
        /// The address.
        digest: Digest,
        /// The tag.
        tag: ImageTag,
    },
}

impl ImageId {
    /// The id of these members; `None` if there are none.
    pub fn new(digest: Option<Digest>, tag: Option<ImageTag>) -> Option<Self> {
        match (digest, tag) {
            (Some(digest), Some(tag)) => Some(Self::Both { digest, tag }),
            (Some(digest), None) => Some(Self::Digest(digest)),
            (None, Some(tag)) => Some(Self::Tag(tag)),
            (None, None) => None,
        }
    }

    /// The digest that the image must have.
    pub fn digest(&self) -> Option<&Digest> {
        match self {
            Self::Digest(digest) | Self::Both { digest, .. } => Some(digest),
            Self::Tag(_) => None,
        }
    }

    /// The tag that must point to the image.
    pub fn tag(&self) -> Option<&ImageTag> {
        match self {
            Self::Tag(tag) | Self::Both { tag, .. } => Some(tag),
            Self::Digest(_) => None,
        }
    }

    /// Could it be the id of an image with this digest, as far as digests go?
    pub fn allows(&self, digest: &Digest) -> bool {
        self.digest().is_none_or(|wanted| wanted == digest)
    }
}

impl From<Reference> for ImageId {
    fn from(reference: Reference) -> Self {
        match reference {
            Reference::Tag(tag) => Self::Tag(tag),
            Reference::Digest(digest) => Self::Digest(digest),
        }
    }
}

/// As ECR prints it.
impl fmt::Display for ImageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest = self.digest().map_or("null", Digest::as_str);
        let tag = self.tag().map_or("null", ImageTag::as_str);
        write!(f, "{{imageDigest:'{digest}', imageTag:'{tag}'}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_has_a_digest_or_a_tag_or_both() {
        let text = format!("sha256:{}", "a".repeat(64));
        let (digest, tag) = (Digest::parse(&text).unwrap(), ImageTag::parse("v1").unwrap());
        let other = Digest::parse(&format!("sha256:{}", "b".repeat(64))).unwrap();
        #[rustfmt::skip]
        let cases = [
            // digest             tag          allows another digest, printed
            (Some(&digest), Some(&tag), Some((false, format!("{{imageDigest:'{text}', imageTag:'v1'}}")))),
            (Some(&digest), None,       Some((false, format!("{{imageDigest:'{text}', imageTag:'null'}}")))),
            (None,          Some(&tag), Some((true,  "{imageDigest:'null', imageTag:'v1'}".to_owned()))),
            (None,          None,       None),
        ];
        for (wanted, tag, expected) in cases {
            let id = ImageId::new(wanted.cloned(), tag.cloned());
            assert_eq!(id.as_ref().map(|id| (id.allows(&other), id.to_string())), expected);
            let Some(id) = id else { continue };
            assert_eq!((id.digest(), id.tag()), (wanted, tag), "{id}");
            assert!(id.allows(&digest), "{id}");
        }
    }
}
