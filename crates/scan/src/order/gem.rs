use std::cmp::Ordering;

use super::number::{compare_numbers, is_number, split_digits};

/// Compares the parts of two versions; a part that is missing is 0, and words are older than
/// numbers. What comes after a dash is an early version.
pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (parts(one)?, parts(other)?);
    let places = 0..one.len().max(other.len());
    let part = |parts: &[String], at: usize| parts.get(at).cloned().unwrap_or_else(|| "0".into());
    let mut compared = places.map(|at| compare_parts(&part(&one, at), &part(&other, at)));
    Some(compared.find(|compared| compared.is_ne()).unwrap_or(Ordering::Equal))
}

fn compare_parts(one: &str, other: &str) -> Ordering {
    match (is_number(one), is_number(other)) {
        (true, true) => compare_numbers(one, other),
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => one.cmp(other),
    }
}

/// The numbers and words of a version, without the zeros that end its numbers and the zeros that
/// end the whole.
fn parts(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let is_known = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let is_version = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(is_known)
        && !text.ends_with('.')
        && text.find('-').is_none_or(|dash| dash + 1 < text.len())
        && !text.contains("..");
    if !is_version {
        return None;
    }
    let mut parts = Vec::new();
    for piece in text.replace('-', ".pre.").split('.') {
        let mut rest = piece;
        while !rest.is_empty() {
            let (digits, after) = split_digits(rest);
            let letters = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
            let (word, after) = after.split_at(letters);
            let found = [digits, word].into_iter().filter(|part| !part.is_empty());
            parts.extend(found.map(str::to_owned));
            rest = after;
        }
    }
    let numbers = parts.iter().position(|part| !is_number(part)).unwrap_or(parts.len());
    let words = without_zeros(&parts[numbers..]);
    Some([without_zeros(&parts[..numbers]), words].concat())
}

fn without_zeros(parts: &[String]) -> &[String] {
    let is_zero = |part: &String| part.bytes().all(|byte| byte == b'0');
    let end = parts.iter().rposition(|part| !is_zero(part)).map_or(0, |last| last + 1);
    &parts[..end]
}
