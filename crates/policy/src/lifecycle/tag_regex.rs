use std::fmt;

use regex::bytes::{Regex, RegexBuilder};

/// The longest regular expression, in characters (ours).
pub const REGEX_CHARS_MAX: usize = 128;

/// As many as a policy may have (ours).
pub const REGEXES_MAX: usize = 10;

/// The most memory that one takes when it is compiled. That bounds its steps for each character of
/// a tag, too.
const COMPILED_BYTES_MAX: usize = 32 << 10;

/// The most memory for its cache.
const CACHE_BYTES_MAX: usize = 256 << 10;

/// How deep groups may be nested.
const NESTING_MAX: u32 = 16;

/// Why a regular expression is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadTagRegex {
    /// It is longer than [`REGEX_CHARS_MAX`].
    Long,
    /// It has not the syntax of the crate `regex`.
    Syntax,
    /// It takes too much memory when it is compiled.
    Complex,
}

impl fmt::Display for BadTagRegex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Long => write!(f, "It must have at most {REGEX_CHARS_MAX} characters"),
            Self::Syntax => write!(
                f,
                "It must be one of Rust's crate regex, which has no references back and no looking around, with groups nested at most {NESTING_MAX} deep"
            ),
            Self::Complex => f.write_str("It is too complex: repeat less in it"),
        }
    }
}

/// A regular expression over tags, in the syntax of the crate `regex`, which takes linear time. It
/// must match the whole tag. Classes such as `\d` are those of ASCII, as tags are.
#[derive(Debug, Clone)]
pub struct TagRegex {
    text: Box<str>,
    compiled: Regex,
}

impl TagRegex {
    /// Reads a regular expression.
    pub fn parse(text: &str) -> Result<Self, BadTagRegex> {
        if text.chars().count() > REGEX_CHARS_MAX {
            return Err(BadTagRegex::Long);
        }
        // Alone first: what is wrong with it must not be mended by what stands around it.
        compile(text)?;
        let compiled = match compile(&format!(r"\A(?:{text})\z")) {
            // It may end with a comment, which the flag `x` allows, and which ends with its line.
            Err(BadTagRegex::Syntax) => compile(&format!("\\A(?:{text}\n)\\z"))?,
            compiled => compiled?,
        };
        Ok(Self { text: text.into(), compiled })
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Does the whole tag fit?
    pub fn matches(&self, tag: &str) -> bool {
        self.compiled.is_match(tag.as_bytes())
    }
}

impl PartialEq for TagRegex {
    fn eq(&self, other: &Self) -> bool {
        let Self { text, compiled: _ } = self;
        *text == other.text
    }
}

impl Eq for TagRegex {}

fn compile(text: &str) -> Result<Regex, BadTagRegex> {
    let mut builder = RegexBuilder::new(text);
    builder.unicode(false).nest_limit(NESTING_MAX);
    builder.size_limit(COMPILED_BYTES_MAX).dfa_size_limit(CACHE_BYTES_MAX);
    builder.build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => BadTagRegex::Complex,
        _ => BadTagRegex::Syntax,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_match_whole_tags() {
        #[rustfmt::skip]
        let cases = [
            // expression               tag            matches  because
            (r"v\d+\.\d+",              "v1.20",       true,    "digits"),
            (r"v\d+\.\d+",              "v1.20-rc1",   false,   "the whole tag"),
            (r"v\d+\.\d+",              "xv1.20",      false,   "from its start"),
            (r"a|b",                    "ab",          false,   "an alternative is whole, too"),
            (r"^v1$",                   "v1",          true,    "anchors do no harm"),
            (r"(?i)prod-.*",            "PROD-7",      true,    "flags"),
            (r"[[:xdigit:]]{40}",       "0123456789abcdef0123456789abcdef01234567", true, "a commit"),
            (r"",                       "a",           false,   "nothing is no tag's name"),
            (r"(?x) v 1 # comment",     "v1",          true,    "a comment ends with the expression"),
            (r"(?x) v 1 # comment",     "v12",         false,   "and hides nothing behind it"),
        ];
        for (text, tag, expected, because) in cases {
            let regex = TagRegex::parse(text).unwrap();
            assert_eq!(regex.matches(tag), expected, "{} {tag}: {because}", regex.as_str());
        }
    }

    #[test]
    fn expressions_that_are_refused() {
        use BadTagRegex::{Complex, Syntax};
        #[rustfmt::skip]
        let cases = [
            ("(",                        Syntax,  "it is none"),
            ("a)|(b",                    Syntax,  "what stands around it must not mend it"),
            ("(?x)a) # ",                Syntax,  "nor may a comment"),
            (r"(a)\1",                   Syntax,  "references back take exponential time"),
            ("(?=a)a",                   Syntax,  "so does looking around"),
            ("(a{100}){100}",            Complex, "it is too large"),
            ("(a{1,1000}){1,1000}",      Complex, "and so is this"),
            ("((((((((((((((((((a))))))))))))))))))", Syntax, "it is nested too deeply"),
        ];
        for (text, why, because) in cases {
            assert_eq!(TagRegex::parse(text), Err(why), "{text}: {because}");
        }
        assert!(TagRegex::parse(&"a".repeat(REGEX_CHARS_MAX)).is_ok());
        assert_eq!(TagRegex::parse(&"a".repeat(REGEX_CHARS_MAX + 1)), Err(BadTagRegex::Long));
    }

    /// Expressions that take exponential time elsewhere.
    #[test]
    fn time_is_linear() {
        let tag = "a".repeat(300);
        for text in ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*a){12}b", "([ab]*a[ab]{10})?c"] {
            let regex = TagRegex::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
            for _ in 0..1_000 {
                assert!(!regex.matches(&tag), "{text}");
            }
        }
    }
}
