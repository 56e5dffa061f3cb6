use std::fmt;

use serde_json::Value;

use super::compile::{Compiled, compile};
use super::malformed::MalformedPattern;

/// The most characters of a pattern.
pub const LENGTH_MAX: usize = 4_096;

/// Which events a rule is about, e.g. `{"source": ["aws.ecr"]}`.
pub struct EventPattern {
    text: Box<str>,
    compiled: Compiled,
}

impl EventPattern {
    /// Reads a pattern strictly: what is not understood is refused.
    pub fn parse(text: &str) -> Result<Self, MalformedPattern> {
        if text.chars().count() > LENGTH_MAX {
            return Err(MalformedPattern::whole("The text is longer than 4096 characters"));
        }
        let compiled = compile(text)?;
        Ok(Self { text: without_space(text).into_boxed_str(), compiled })
    }

    /// Is an event, with its whole envelope, one that the pattern is about?
    pub fn matches(&self, event: &Value) -> bool {
        self.compiled.matches(event)
    }

    /// The text, without the space between its words.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for EventPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventPattern").field(&self.text).finish()
    }
}

/// Two patterns are equal if they are written alike.
impl PartialEq for EventPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for EventPattern {}

/// The text is JSON.
fn without_space(text: &str) -> String {
    let (mut in_string, mut is_escaped) = (false, false);
    let keeps = |c: &char| {
        let keeps = in_string || !matches!(c, ' ' | '\t' | '\r' | '\n');
        (in_string, is_escaped) = match (*c, is_escaped) {
            ('"', false) => (!in_string, false),
            ('\\', false) => (in_string, in_string),
            _ => (in_string, false),
        };
        keeps
    };
    text.chars().filter(keeps).collect()
}
