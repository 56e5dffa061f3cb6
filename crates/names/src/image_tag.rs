use crate::Malformed;
use crate::malformed::word;

/// A tag: `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}` (distribution-spec 1.1, "Pulling manifests").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageTag(Box<str>);
word!(ImageTag);

const LENGTH_MAX: usize = 128;

impl ImageTag {
    /// Reads a tag.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let bytes = text.as_bytes();
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let fits = (1..=LENGTH_MAX).contains(&bytes.len())
            && word(bytes[0])
            && bytes.iter().all(|b| word(*b) || *b == b'.' || *b == b'-');
        if fits { Ok(Self(text.into())) } else { Err(Malformed("an image tag")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn image_tags() {
        #[rustfmt::skip]
        let cases = [
            ("latest",  true,  "a word"),
            ("_v1.2-3", true,  "may start with an underscore"),
            ("V1",      true,  "case is kept"),
            (".v1",     false, "may not start with a dot"),
            ("-v1",     false, "nor with a hyphen"),
            ("1.0+2",   false, "semver's plus is not in the grammar"),
            ("a/b",     false, "a slash"),
            ("a:b",     false, "a colon would be a digest"),
            ("",        false, "empty"),
            ("ä",       false, "not ASCII"),
        ];
        for (tag, accepted, because) in cases {
            assert_eq!(ImageTag::parse(tag).is_ok(), accepted, "{tag:?}: {because}");
        }
        assert!(ImageTag::parse(&"a".repeat(128)).is_ok());
        assert!(ImageTag::parse(&"a".repeat(129)).is_err());
    }
}
