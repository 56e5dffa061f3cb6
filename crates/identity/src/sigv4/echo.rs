use std::fmt;

/// A text from the client that is echoed to it. Bounded, without control characters, and not in
/// `Debug`: an echoed `Authorization` header must not get into our log.
#[derive(Clone, PartialEq, Eq)]
pub struct Echo(Box<str>);

/// Enough to recognise one's own header in a message.
const LENGTH_CHARS_MAX: usize = 1_024;

impl Echo {
    pub(super) fn of(text: &str) -> Self {
        let plain = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
        Self(text.chars().take(LENGTH_CHARS_MAX).map(plain).collect())
    }
}

impl fmt::Display for Echo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Echo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Echo({} bytes)", self.0.len())
    }
}
