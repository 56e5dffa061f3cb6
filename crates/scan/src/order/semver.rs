use std::cmp::Ordering;

use super::number::{compare_numbers, is_number};

/// A semantic version, read leniently: a `v` in front, as Go and npm write it, numbers of any
/// length, and fewer or more than three of them.
struct Version<'a> {
    numbers: &'a str,
    early: Option<&'a str>,
}

pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (Version::parse(one)?, Version::parse(other)?);
    Some(compare_release(one.numbers, other.numbers).then_with(|| match (one.early, other.early) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(other)) => compare_early(one, other, str::cmp),
    }))
}

impl<'a> Version<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(['v', 'V', '=']).unwrap_or(text);
        // What comes after `+` says how it was built, and is not compared.
        let text = text.split_once('+').map_or(text, |(version, _)| version);
        let (numbers, early) = match text.split_once('-') {
            Some((numbers, early)) => (numbers, Some(early)),
            None => (text, None),
        };
        let is_version = numbers.split('.').all(is_number) && early != Some("");
        is_version.then_some(Self { numbers, early })
    }
}

/// Numbers with dots between them; missing ones are 0.
pub(crate) fn compare_release(one: &str, other: &str) -> Ordering {
    let count = one.split('.').count().max(other.split('.').count());
    let padded = |text| str::split(text, '.').chain(std::iter::repeat("0")).take(count);
    let mut compared =
        padded(one).zip(padded(other)).map(|(one, other)| compare_numbers(one, other));
    compared.find(|compared| compared.is_ne()).unwrap_or(Ordering::Equal)
}

/// What comes after the dash: numbers are older than words, and fewer parts than more.
pub(crate) fn compare_early(
    one: &str,
    other: &str,
    words: impl Fn(&str, &str) -> Ordering,
) -> Ordering {
    let (mut one, mut other) = (one.split('.'), other.split('.'));
    loop {
        let compared = match (one.next(), other.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(other)) => match (is_number(one), is_number(other)) {
                (true, true) => compare_numbers(one, other),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => words(one, other),
            },
        };
        if compared.is_ne() {
            return compared;
        }
    }
}
