use crate::Malformed;
use crate::malformed::word;

/// An AWS Region name, e.g. `us-east-1`. Deployments may invent their own (`berlin-1`), so the
/// grammar is that of a lower-case DNS label: it becomes part of host names and ARNs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(Box<str>);
word!(Region);

/// The longest a DNS label can be (RFC 1035 §2.3.4).
const LENGTH_MAX: usize = 63;

impl Region {
    /// Reads lower-case letters, digits and inner hyphens, starting with a letter.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let bytes = text.as_bytes();
        let fits = (1..=LENGTH_MAX).contains(&bytes.len())
            && bytes[0].is_ascii_lowercase()
            && bytes[bytes.len() - 1] != b'-'
            && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-');
        if fits { Ok(Self(text.into())) } else { Err(Malformed("a Region name")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions() {
        #[rustfmt::skip]
        let cases = [
            ("us-east-1", true,  "AWS's own"),
            ("local",     true,  "one word is a label too"),
            ("US-EAST-1", false, "upper case"),
            ("us_east_1", false, "underscore cannot be in a host name"),
            ("1-east",    false, "starts with a digit"),
            ("us-east-",  false, "ends with a hyphen"),
            ("a.b",       false, "a dot would be two labels"),
            ("",          false, "empty"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(Region::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
        assert!(Region::parse(&"a".repeat(64)).is_err());
    }
}
