use crate::lifecycle::document::{Action, Count, StorageClass};

/// What one rule says, in the types of the document, and not yet held against the others.
pub(crate) struct Draft<'a> {
    pub(crate) priority: u32,
    pub(crate) description: Option<&'a str>,
    pub(crate) status: Status,
    pub(crate) prefixes: Option<Vec<&'a str>>,
    pub(crate) patterns: Option<Vec<&'a str>>,
    pub(crate) regexes: Vec<&'a str>,
    pub(crate) not_patterns: Vec<&'a str>,
    pub(crate) not_regexes: Vec<&'a str>,
    pub(crate) pulled_within_days: Option<u32>,
    pub(crate) class: Option<StorageClass>,
    pub(crate) count: Count,
    pub(crate) action: Action,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Any,
    Tagged,
    Untagged,
}
