//! A model's regular expression, compiled when first used.

use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

/// A regular expression that a whole text must match, as the service matches it.
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    pub(crate) const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The expression as the model writes it.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the whole of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        self.compiled.get_or_init(|| compile(self.source)).is_match(text)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pattern").field(&self.source).finish()
    }
}

/// The look-aheads of the models, and equivalents without them: in the alias of an account, no dash
/// follows another (the shape also states the length of an alias); in a part of a path, there is
/// something else than space.
const LOOK_AHEADS: [(&str, &str); 2] =
    [("([a-z0-9]|-(?!-)){1,61}", "(?:-?[a-z0-9])*-?"), (r"(?!\s*$).+", r".*[^ \t\n\x0B\f\r].*")];

/// Models are written for Java, where a match is of the whole text and `\w` and `\d` are ASCII.
fn compile(source: &str) -> Regex {
    let ascii = source.replace(r"\w", "[0-9A-Za-z_]").replace(r"\d", "[0-9]");
    let ascii = LOOK_AHEADS.iter().fold(ascii, |ascii, (ahead, plain)| ascii.replace(ahead, plain));
    Regex::new(&format!(r"\A(?:{ascii})\z")).expect("a test compiles every pattern of the models")
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    const ALIAS: &str = "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$";

    #[test]
    fn a_pattern_matches_whole_texts_only() {
        #[rustfmt::skip]
        let cases = [
            // pattern        text              matches  because
            ("[0-9]{12}",     "123456789012",   true,    "the whole of it"),
            ("[0-9]{12}",     "1234567890123",  false,   "one digit follows"),
            ("[0-9]{12}",     "x123456789012",  false,   "a letter precedes"),
            ("[0-9]{12}",     "123456789012\n", false,   "a line end is a character"),
            (r"^$|a[0-9]",    "",               true,    "the first branch"),
            (r"^$|a[0-9]",    "a1",             true,    "the second branch, anchored too"),
            (r"^$|a[0-9]",    "xa1",            false,   "no branch is loose"),
            (r"^[\w+=-]+$",   "a_B-9",          true,    "a word class inside a class"),
            (r"^[\w+=-]+$",   "é",              false,   "word characters are ASCII"),
            (r"[\d]*",        "٣",              false,   "digits are ASCII"),
            (r"[\p{L}\p{Z}]+", "é è",           true,    "letters and spaces of any script"),
            (r"[\u0020-\u00FF]+", "aé",         true,    "characters by number"),
            (r"[\u0020-\u00FF]+", "aŁ",         false,   "a character beyond the range"),
            (r"^(?!\s*$).+",  "a b",            true,    "more than space"),
            (r"^(?!\s*$).+",  "\t ",            false,   "nothing but space"),
            (r"^(?!\s*$).+",  "",               false,   "nothing"),
            (ALIAS,           "my-alias-1",     true,    "dashes between letters"),
            (ALIAS,           "my--alias",      false,   "two dashes in a row"),
            (ALIAS,           "-alias",         false,   "a dash at the beginning"),
            (ALIAS,           "alias-",         false,   "a dash at the end"),
            (ALIAS,           "Alias",          false,   "a capital letter"),
        ];
        for (source, text, matches, because) in cases {
            let pattern = Pattern::new(source);
            assert_eq!(pattern.matches(text), matches, "{source} {text:?}: {because}");
        }
    }
}
