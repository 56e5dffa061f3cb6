/// What is wrong with a configuration, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MalformedBucketConfig(String);

pub(super) fn malformed(what: impl Into<String>) -> MalformedBucketConfig {
    MalformedBucketConfig(what.into())
}
