use std::fmt;

/// The longest record. Those of the kernel, with thousands of versions, come near 8 MiB.
pub const ADVISORY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// A message quotes what is in the record, which can be long.
const MESSAGE_CHARS_MAX: usize = 512;

/// Why a record is no advisory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadAdvisory {
    /// It is longer than [`ADVISORY_BYTES_MAX`].
    TooLong,
    /// Its form is wrong.
    Malformed(String),
}

impl fmt::Display for BadAdvisory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the advisory has over {ADVISORY_BYTES_MAX} bytes"),
            Self::Malformed(what) => write!(f, "the advisory is malformed: {what}"),
        }
    }
}

impl std::error::Error for BadAdvisory {}

/// A record of the wrong form.
pub(crate) fn malformed(what: impl fmt::Display) -> BadAdvisory {
    BadAdvisory::Malformed(cut(&what.to_string(), MESSAGE_CHARS_MAX))
}

/// A text without control characters but newlines and tabs, cut to a bound.
pub(crate) fn cut(text: &str, chars_max: usize) -> String {
    let is_plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_plain).take(chars_max).collect()
}

/// An ecosystem that we do not know. Advisories for it concern no image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownEcosystem;

impl fmt::Display for UnknownEcosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an unknown ecosystem")
    }
}

impl std::error::Error for UnknownEcosystem {}
