use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest name: Go's module paths and Maven's coordinates come near 200.
pub const NAME_BYTES_MAX: usize = 512;
/// The longest version. Real ones stay below 100; orders compare in at most quadratic time.
pub const VERSION_BYTES_MAX: usize = 256;

/// A text that has no place in a name or a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAWord(&'static str);

impl fmt::Display for NotAWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotAWord {}

macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $max:expr, $bad:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes a text of the right length without control characters; spaces around it go.
            pub fn parse(text: &str) -> Result<Self, NotAWord> {
                let text = text.trim_ascii();
                let is_good = !text.is_empty()
                    && text.len() <= $max
                    && !text.chars().any(char::is_control);
                if is_good { Ok(Self(text.into())) } else { Err(NotAWord($bad)) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAWord;

            fn try_from(text: String) -> Result<Self, NotAWord> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.0.into()
            }
        }
    };
}

word!(
    /// The name of a package, or another short text that a package carries.
    Name,
    NAME_BYTES_MAX,
    "a name is empty, too long or has control characters"
);
word!(
    /// A version as its package manager writes it, with epoch and release.
    Version,
    VERSION_BYTES_MAX,
    "a version is empty, too long or has control characters"
);
