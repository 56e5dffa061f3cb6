use crate::Malformed;
use crate::malformed::word;

/// The name of an ECR repository, e.g. `team-a/web`. From the moment one exists it is
/// 2 to 256 bytes of lower-case segments: safe in a path and as an ARN suffix.
///
/// The grammar is that of ECR's newest service model:
/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepositoryName(Box<str>);
word!(RepositoryName);

const LENGTH_MIN: usize = 2;
const LENGTH_MAX: usize = 256;

impl RepositoryName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fits =
            (LENGTH_MIN..=LENGTH_MAX).contains(&text.len()) && text.split('/').all(is_segment);
        if fits { Ok(Self(text.into())) } else { Err(Malformed("a repository name")) }
    }
}

/// Alphanumeric runs joined by one `.`, one or two `_`, or any run of `-`.
pub(crate) fn is_segment(segment: &str) -> bool {
    let bytes = segment.as_bytes();
    let alphanumeric = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let mut at = 0;
    loop {
        let word = bytes[at..].iter().take_while(|b| alphanumeric(b)).count();
        if word == 0 {
            return false;
        }
        at += word;
        if at == bytes.len() {
            return true;
        }
        let joint = bytes[at..].iter().take_while(|b| !alphanumeric(b)).count();
        let is_separator = match &bytes[at..at + joint] {
            b"." | b"_" | b"__" => true,
            run => run.iter().all(|b| *b == b'-'),
        };
        if !is_separator {
            return false;
        }
        at += joint;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repository_names() {
        #[rustfmt::skip]
        let cases = [
            // name            accepted  because
            ("web",            true,     "one segment"),
            ("team-a/web.api", true,     "separators inside a segment"),
            ("1/2",            true,     "digits may start a segment"),
            ("a__b",           true,     "the newest model allows two underscores"),
            ("a---b",          true,     "and any run of hyphens"),
            ("a___b",          false,    "three underscores"),
            ("a..b",           false,    "two dots"),
            ("a._b",           false,    "mixed separators"),
            ("a-_b",           false,    "mixed separators"),
            ("a",              false,    "one byte is too short"),
            ("Web",            false,    "upper case"),
            ("a/../b",         false,    "a segment must start alphanumeric"),
            ("/web",           false,    "an empty first segment"),
            ("web/",           false,    "an empty last segment"),
            ("a//b",           false,    "an empty inner segment"),
            ("web-",           false,    "a separator must join two words"),
            ("-web",           false,    "a separator must join two words"),
            ("we b",           false,    "a space"),
            ("web%2fapi",      false,    "an escape is not a slash"),
            ("wéb",            false,    "not ASCII"),
            ("web\0",          false,    "a control character"),
        ];
        for (name, accepted, because) in cases {
            assert_eq!(RepositoryName::parse(name).is_ok(), accepted, "{name:?}: {because}");
        }
        assert!(RepositoryName::parse(&"a".repeat(256)).is_ok());
        assert!(RepositoryName::parse(&"a".repeat(257)).is_err());
    }
}
