use std::cmp::Ordering;

use super::number::is_number;
use super::semver::{compare_early, compare_release};

/// Semantic versions with up to four numbers, and words that are compared without case.
pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (parse(one)?, parse(other)?);
    Some(compare_release(one.0, other.0).then_with(|| match (one.1, other.1) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(other)) => compare_early(one, other, |one, other| {
            one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase())
        }),
    }))
}

fn parse(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim();
    let text = text.split_once('+').map_or(text, |(version, _)| version);
    let (numbers, early) = match text.split_once('-') {
        Some((numbers, early)) => (numbers, Some(early)),
        None => (text, None),
    };
    let is_version =
        numbers.split('.').all(is_number) && numbers.split('.').count() <= 4 && early != Some("");
    is_version.then_some((numbers, early))
}
