use crate::malformed::{choice, word};
use crate::{ImageTag, Malformed};

choice! {
    /// Whether a tag may be moved to another image, in ECR's words.
    TagMutability "a tag mutability" {
        /// Every tag may move.
        Mutable = "MUTABLE",
        /// No tag may move.
        Immutable = "IMMUTABLE",
        /// Only tags that an exclusion filter matches may move.
        ImmutableWithExclusion = "IMMUTABLE_WITH_EXCLUSION",
        /// Every tag may move, except those that an exclusion filter matches.
        MutableWithExclusion = "MUTABLE_WITH_EXCLUSION",
    }
}

impl TagMutability {
    /// Whether this mode needs filters. The others refuse them.
    pub fn takes_filters(self) -> bool {
        match self {
            Self::ImmutableWithExclusion | Self::MutableWithExclusion => true,
            Self::Mutable | Self::Immutable => false,
        }
    }

    /// Whether `tag`, once set, may point to another image.
    pub fn allows_moving(self, tag: &ImageTag, filters: &[ExclusionFilter]) -> bool {
        let excluded = || filters.iter().any(|filter| filter.matches(tag));
        match self {
            Self::Mutable => true,
            Self::Immutable => false,
            Self::ImmutableWithExclusion => excluded(),
            Self::MutableWithExclusion => !excluded(),
        }
    }
}

/// A pattern over tags: 1 to 128 characters of a tag and `*`, at most two of those.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExclusionFilter(Box<str>);
word!(ExclusionFilter);

const LENGTH_MAX: usize = 128;
const WILDCARDS_MAX: usize = 2;

impl ExclusionFilter {
    /// Reads a filter.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._*-".contains(&b);
        let fits = (1..=LENGTH_MAX).contains(&text.len())
            && text.bytes().all(allowed)
            && text.bytes().filter(|b| *b == b'*').count() <= WILDCARDS_MAX;
        if fits { Ok(Self(text.into())) } else { Err(Malformed("an exclusion filter")) }
    }

    /// Whether the whole tag matches the pattern, in which `*` stands for any run of characters.
    pub fn matches(&self, tag: &ImageTag) -> bool {
        let mut pieces = self.0.split('*');
        let first = pieces.next().expect("a split has at least one piece");
        let Some(mut rest) = tag.as_str().strip_prefix(first) else { return false };
        let Some(last) = pieces.next_back() else { return rest.is_empty() };
        for piece in pieces {
            let Some((_, after)) = rest.split_once(piece) else { return false };
            rest = after;
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> ImageTag {
        ImageTag::parse(text).unwrap()
    }

    #[test]
    fn filters_match_whole_tags() {
        #[rustfmt::skip]
        let cases = [
            // filter      tag           matches  because
            ("latest",     "latest",     true,    "the same"),
            ("latest",     "latest-1",   false,   "a filter without a star is no prefix"),
            ("dev-*",      "dev-",       true,    "a star may stand for nothing"),
            ("dev-*",      "dev-7",      true,    "or for something"),
            ("v*.beta",    "v1.2.beta",  true,    "in the middle"),
            ("v*.beta",    "v.bet",      false,   "the end must be there"),
            ("*a*",        "bab",        true,    "two stars"),
            ("*",          "anything",   true,    "everything"),
            ("**",         "x",          true,    "two stars beside each other"),
            ("ab*ba",      "aba",        false,   "prefix and suffix may not overlap"),
        ];
        for (filter, text, expected, because) in cases {
            let filter = ExclusionFilter::parse(filter).unwrap();
            assert_eq!(filter.matches(&tag(text)), expected, "{filter} {text}: {because}");
        }
    }

    #[test]
    fn filters_that_are_refused() {
        for bad in ["", "a*b*c*", "a b", "a/b", "ä", &"a".repeat(129)] {
            assert!(ExclusionFilter::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn modes_decide_whether_a_tag_may_move() {
        let filters = [ExclusionFilter::parse("dev-*").unwrap()];
        #[rustfmt::skip]
        let cases = [
            (TagMutability::Mutable,                true,  true),
            (TagMutability::Immutable,              false, false),
            (TagMutability::ImmutableWithExclusion, true,  false),
            (TagMutability::MutableWithExclusion,   false, true),
        ];
        for (mode, excluded_moves, other_moves) in cases {
            assert_eq!(mode.allows_moving(&tag("dev-1"), &filters), excluded_moves, "{mode}");
            assert_eq!(mode.allows_moving(&tag("v1"), &filters), other_moves, "{mode}");
        }
    }
}
