use std::cmp::Ordering;

use pep440_rs::Version;

/// Versions from before PEP 440 are older than all that follow it, and have no order among
/// themselves.
pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (one.trim(), other.trim());
    if one.is_empty() || other.is_empty() {
        return None;
    }
    match (one.parse::<Version>().ok(), other.parse::<Version>().ok()) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        (Some(_), None) => Some(Ordering::Greater),
        (None, Some(_)) => Some(Ordering::Less),
        (None, None) => (one == other).then_some(Ordering::Equal),
    }
}
