use std::error::Error;
use std::fmt;
use std::ops::Range;

/// The most of a pattern that is repeated in an error.
const SHOWN_MAX: usize = 500;

/// Why a text is no event pattern, in EventBridge's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedPattern {
    reason: String,
    place: String,
}

impl MalformedPattern {
    /// A reason that is about the text as a whole.
    pub(super) fn whole(reason: &str) -> Self {
        Self { reason: reason.to_owned(), place: String::new() }
    }

    /// A reason that is about the value at this place of the text.
    pub(super) fn at(text: &str, at: &Range<usize>, reason: String) -> Self {
        let before = text.get(..at.end).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let shown: String = text.chars().take(SHOWN_MAX).collect();
        let left_out = text.chars().count() - shown.chars().count();
        let more =
            if left_out == 0 { String::new() } else { format!("[truncated {left_out} chars]") };
        let place =
            format!(" at [Source: (String)\"{shown}\"{more}; line: {line}, column: {column}]");
        Self { reason, place }
    }

    /// What is wrong, without the place.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for MalformedPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event pattern is not valid. Reason: {}{}", self.reason, self.place)
    }
}

impl Error for MalformedPattern {}
