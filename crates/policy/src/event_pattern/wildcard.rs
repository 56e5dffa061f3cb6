//! Texts in which `*` stands for any characters, also for none.

/// Where a wildcard is malformed, in characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BadWildcard {
    /// Two `*` beside each other.
    Consecutive(usize),
    /// A `\` before something other than `*` and `\`.
    Escape(usize),
}

/// The parts between the `*`: one more than there are of them.
#[derive(Debug, Clone)]
pub(super) struct Wildcard(Vec<Box<str>>);

impl Wildcard {
    /// `\*` and `\\` stand for `*` and `\`.
    pub(super) fn parse(text: &str) -> Result<Self, BadWildcard> {
        let (mut parts, mut part) = (Vec::new(), String::new());
        let mut characters = text.chars().enumerate().peekable();
        while let Some((at, character)) = characters.next() {
            match character {
                '*' => {
                    if let Some((next, _)) = characters.next_if(|(_, next)| *next == '*') {
                        return Err(BadWildcard::Consecutive(next));
                    }
                    parts.push(std::mem::take(&mut part).into_boxed_str());
                }
                '\\' => match characters.next() {
                    Some((_, escaped @ ('*' | '\\'))) => part.push(escaped),
                    _ => return Err(BadWildcard::Escape(at + 1)),
                },
                other => part.push(other),
            }
        }
        parts.push(part.into_boxed_str());
        Ok(Self(parts))
    }

    /// Each part between two `*` is taken where it is found first: no later place would leave more.
    pub(super) fn matches(&self, text: &str) -> bool {
        let [first, between @ .., last] = &self.0[..] else {
            return self.0.first().is_some_and(|only| **only == *text);
        };
        let Some(mut rest) = text.strip_prefix(&**first) else { return false };
        for part in between {
            match rest.find(&**part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        rest.ends_with(&**last)
    }
}
