use std::fmt;

/// A parameter without a meaning, of any operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidParameter {
    /// The parameter.
    pub path: &'static str,
    /// What it does not satisfy, in AWS's words.
    pub constraint: String,
}

impl fmt::Display for InvalidParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, constraint } = self;
        write!(f, "Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'")
    }
}
