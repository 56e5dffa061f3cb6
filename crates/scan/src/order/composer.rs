use std::cmp::Ordering;

use super::number::{compare_numbers, is_number, split_digits};

/// What Composer reads after the numbers, longest first, and what it writes for it.
const STABILITIES: [(&str, &str); 9] = [
    ("stable", ""),
    ("alpha", "alpha"),
    ("patch", "patch"),
    ("beta", "beta"),
    ("rc", "RC"),
    ("pl", "patch"),
    ("a", "alpha"),
    ("b", "beta"),
    ("p", "patch"),
];
/// In place of the number of a branch such as `2.x-dev`: newer than all of its releases.
const BRANCH: &str = "9999999";

/// Compares as PHP's `version_compare` does what Composer makes of two versions. A branch that is
/// no number has no order.
pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (normalized(one)?, normalized(other)?);
    let (mut one, mut other) = (one.iter(), other.iter());
    loop {
        let compared = match (one.next(), other.next()) {
            (None, None) => return Some(Ordering::Equal),
            (Some(one), None) if is_number(one) => Ordering::Greater,
            (None, Some(other)) if is_number(other) => Ordering::Less,
            (one, other) => {
                let one = one.map_or("#", String::as_str);
                let other = other.map_or("#", String::as_str);
                match (is_number(one), is_number(other)) {
                    (true, true) => compare_numbers(one, other),
                    _ => rank(one).cmp(&rank(other)),
                }
            }
        };
        if compared.is_ne() {
            return Some(compared);
        }
    }
}

/// PHP's order of words; a number, and the end, are between early versions and patches.
fn rank(word: &str) -> i32 {
    const RANKS: [(&str, i32); 6] =
        [("dev", 0), ("alpha", 1), ("beta", 2), ("RC", 3), ("#", 4), ("patch", 5)];
    if is_number(word) {
        return 4;
    }
    RANKS.iter().find(|(known, _)| *known == word).map_or(-1, |(_, rank)| *rank)
}

/// The parts of a version: at least four numbers, then words and their numbers.
fn normalized(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let text = text.split_once('+').map_or(text, |(version, _)| version);
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text).to_ascii_lowercase();
    let (mut parts, rest) = numbers(&text, 4)?;
    if rest.starts_with(".x") {
        return branch(parts, rest);
    }
    if parts[0].len() > 5 {
        return dated(&text);
    }
    parts.resize(4, "0".into());
    with_stability(parts, rest).or_else(|| dated(&text))
}

/// Up to `count` numbers with dots between them, and the rest.
fn numbers(text: &str, count: usize) -> Option<(Vec<String>, &str)> {
    let (first, mut rest) = split_digits(text);
    let mut parts = vec![first.to_owned()];
    while parts.len() < count
        && let Some((digits, after)) = rest.strip_prefix('.').map(split_digits)
        && !digits.is_empty()
    {
        parts.push(digits.to_owned());
        rest = after;
    }
    (!first.is_empty()).then_some((parts, rest))
}

/// `20100102` and `20100102-203040`: digits with marks between them.
fn dated(text: &str) -> Option<Vec<String>> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ':' | '-'));
    let numbers = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ':', '-']);
    let parts: Vec<String> = numbers.split(['.', ':', '-']).map(str::to_owned).collect();
    let digits: usize = parts.iter().map(String::len).sum();
    // A year, up to six pairs of digits, and up to two further numbers.
    let is_good = parts.iter().all(|part| is_number(part))
        && parts[0].len() >= 4
        && (6..=22).contains(&digits);
    is_good.then(|| with_stability(parts, &text[numbers.len()..])).flatten()
}

/// `2.x-dev`, `2.1.x-dev`.
fn branch(mut parts: Vec<String>, rest: &str) -> Option<Vec<String>> {
    let end = rest.trim_start_matches(".x");
    if !matches!(end, "-dev" | ".dev" | "dev") {
        return None;
    }
    parts.resize(4, BRANCH.into());
    parts.push("dev".into());
    Some(parts)
}

/// Adds what comes after the numbers: a word and its numbers, and `-dev`.
fn with_stability(mut parts: Vec<String>, rest: &str) -> Option<Vec<String>> {
    let mut rest = rest;
    let after_mark = rest.strip_prefix(['.', '_', '-']).unwrap_or(rest);
    let known = STABILITIES.iter().find(|(word, _)| after_mark.starts_with(word));
    if let Some((word, written)) = known {
        rest = &after_mark[word.len()..];
        if !written.is_empty() {
            parts.push((*written).to_owned());
        }
        loop {
            let (digits, after) = split_digits(rest.strip_prefix(['.', '-']).unwrap_or(rest));
            if digits.is_empty() {
                break;
            }
            parts.extend((!written.is_empty()).then(|| digits.to_owned()));
            rest = after;
        }
    }
    match rest {
        "" | "." | "_" | "-" => Some(parts),
        "dev" | ".dev" | "-dev" | "_dev" | "..dev" | ".-dev" | "-.dev" | "--dev" => {
            // Composer stops reading at `stable`.
            let is_stable = known.is_some_and(|(_, written)| written.is_empty());
            parts.extend((!is_stable).then(|| "dev".to_owned()));
            Some(parts)
        }
        _ => None,
    }
}
