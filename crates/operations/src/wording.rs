//! Parts of AWS's sentences that several refusals share.

use names::{Digest, RepositoryArn, Timestamp};

/// `[a, b]`, as AWS prints lists.
pub(crate) fn list(digests: &[Digest]) -> String {
    let texts: Vec<&str> = digests.iter().map(Digest::as_str).collect();
    format!("[{}]", texts.join(", "))
}

/// A repository, as most of AWS's sentences name it.
pub(crate) fn place(arn: &RepositoryArn) -> String {
    format!("'{}' in the registry with id '{}'", arn.repository, arn.registry.account)
}

/// A moment in UTC, to the second.
pub fn moment(moment: Timestamp) -> String {
    let seconds = jiff::Timestamp::from_second(moment.as_seconds());
    seconds.map_or_else(|_| "a moment out of range".to_owned(), |seconds| seconds.to_string())
}
