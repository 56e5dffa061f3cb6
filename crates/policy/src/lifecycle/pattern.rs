/// As many stars as a pattern may have ("Lifecycle policy properties" in ECR's guide).
pub const STARS_MAX: usize = 4;

/// A pattern over tags. `*` stands for any characters or none, and nothing else is special: without
/// a star it is a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagPattern {
    text: Box<str>,
    /// What stands before, between and behind the stars: one more than there are stars.
    pieces: Box<[Box<str>]>,
}

impl TagPattern {
    /// Reads a pattern. `None` if it has more than [`STARS_MAX`] stars.
    pub fn parse(text: &str) -> Option<Self> {
        let pieces: Box<[Box<str>]> = text.split('*').map(Into::into).collect();
        (pieces.len() <= 1 + STARS_MAX).then(|| Self { text: text.into(), pieces })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Does the whole tag fit? Takes one pass over the tag. Case counts, as in tags themselves.
    pub fn matches(&self, tag: &str) -> bool {
        let [first, inner @ .., last] = &*self.pieces else { return tag == &*self.text };
        let between = tag.strip_prefix(&**first).and_then(|rest| rest.strip_suffix(&**last));
        let Some(mut rest) = between else { return false };
        for piece in inner {
            // The first place where a piece fits leaves most to the pieces behind it.
            let Some(at) = rest.find(&**piece) else { return false };
            rest = &rest[at + piece.len()..];
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns_match_whole_tags() {
        #[rustfmt::skip]
        let cases = [
            // pattern      tag            matches  because
            ("prod",        "prod",        true,    "without a star it is a name"),
            ("prod",        "prod1",       false,   "and not a prefix"),
            ("prod*",       "prod",        true,    "a star may stand for nothing"),
            ("prod*",       "prod-7",      true,    "or for something"),
            ("prod*",       "Prod-7",      false,   "case counts"),
            ("*-sha-*",     "a-sha-b",     true,    "in the middle"),
            ("*-sha-*",     "-sha-",       true,    "with nothing around"),
            ("*test*1*2*3", "a-test-123",  true,    "the guide's example, four stars"),
            ("*test*1*2*3", "a-test-132",  false,   "in this order"),
            ("ab*ba",       "aba",         false,   "the end is not the beginning"),
            ("a*b*a",       "aba",         true,    "each piece has its own place"),
            ("*",           "latest",      true,    "everything"),
            ("**",          "latest",      true,    "two stars are one"),
            ("v1.?",        "v1.2",        false,   "nothing else is a wildcard"),
            ("v1.?",        "v1.?",        true,    "though no tag is so"),
            ("",            "a",           false,   "nothing is no tag's name"),
        ];
        for (pattern, tag, expected, because) in cases {
            let pattern = TagPattern::parse(pattern).unwrap();
            assert_eq!(pattern.matches(tag), expected, "{} {tag}: {because}", pattern.as_str());
        }
        assert!(TagPattern::parse("test*1*2*3*4*5*6").is_none(), "the guide's other example");
    }

    /// What the star means, with no thought for time.
    fn naive(pattern: &[u8], tag: &[u8]) -> bool {
        match pattern.split_first() {
            None => tag.is_empty(),
            Some((b'*', rest)) => (0..=tag.len()).any(|skip| naive(rest, &tag[skip..])),
            Some((byte, rest)) => tag.first() == Some(byte) && naive(rest, &tag[1..]),
        }
    }

    proptest! {
        #[test]
        fn patterns_match_what_a_naive_matcher_matches(
            pieces in proptest::collection::vec("[ab.]{0,3}", 1..=1 + STARS_MAX), tag in "[ab.]{0,12}",
        ) {
            let text = pieces.join("*");
            let pattern = TagPattern::parse(&text).unwrap();
            prop_assert_eq!(pattern.matches(&tag), naive(text.as_bytes(), tag.as_bytes()), "{}", text);
        }
    }
}
