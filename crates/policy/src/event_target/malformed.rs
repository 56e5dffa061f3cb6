use std::error::Error;
use std::fmt;

/// Why there can be no such target, in EventBridge's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedTarget(pub(super) String);

impl fmt::Display for MalformedTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for MalformedTarget {}
