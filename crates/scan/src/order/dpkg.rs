use std::cmp::Ordering;

use super::number::{compare_numbers, is_number, split_digits};

/// `[epoch:]upstream[-revision]`.
struct Version<'a> {
    epoch: &'a str,
    upstream: &'a str,
    revision: &'a str,
}

pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (Version::parse(one)?, Version::parse(other)?);
    let epochs = compare_numbers(one.epoch, other.epoch);
    let upstream = || compare_part(one.upstream, other.upstream);
    let revision = || compare_part(one.revision, other.revision);
    Some(epochs.then_with(upstream).then_with(revision))
}

impl<'a> Version<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
        let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
        let is_version = is_number(epoch)
            && !rest.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+~:_".contains(&byte));
        is_version.then_some(Self { epoch, upstream, revision })
    }
}

/// Compares a part from its left: in turn what is no digit, by letter, and numbers.
fn compare_part(mut one: &str, mut other: &str) -> Ordering {
    while !one.is_empty() || !other.is_empty() {
        let (letters, of_other);
        (letters, one) = split_letters(one);
        (of_other, other) = split_letters(other);
        let (digits, digits_of_other);
        let compared = compare_letters(letters, of_other);
        (digits, one) = split_digits(one);
        (digits_of_other, other) = split_digits(other);
        let compared = compared.then_with(|| compare_numbers(digits, digits_of_other));
        if compared.is_ne() {
            return compared;
        }
    }
    Ordering::Equal
}

fn split_letters(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len()))
}

/// A tilde is before the end, the end before letters, and letters before all else.
fn compare_letters(one: &str, other: &str) -> Ordering {
    let rank = |byte: Option<&u8>| match byte {
        Some(b'~') => -1,
        None => 0,
        Some(byte) if byte.is_ascii_alphabetic() => i32::from(*byte),
        Some(byte) => i32::from(*byte) + 256,
    };
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let places = 0..one.len().max(other.len());
    let mut compared = places.map(|at| rank(one.get(at)).cmp(&rank(other.get(at))));
    compared.find(|compared| compared.is_ne()).unwrap_or(Ordering::Equal)
}
