//! The tables, as they are written.

use crate::outcome::{outcome, word};

/// A line of `cases.tsv`.
pub(crate) struct Case {
    pub(crate) outcome: &'static str,
    pub(crate) pattern: &'static str,
    pub(crate) event: &'static str,
}

/// A line of `differences.tsv`.
pub(crate) struct Difference {
    ours: &'static str,
    pub(crate) theirs: &'static str,
    pub(crate) pattern: &'static str,
    pub(crate) event: &'static str,
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

pub(crate) fn cases() -> Vec<Case> {
    let read = |columns: Vec<&'static str>| match columns[..] {
        [outcome, pattern, event] => Case { outcome, pattern, event },
        _ => panic!("a line with other columns: {columns:?}"),
    };
    lines(include_str!("cases.tsv")).map(read).collect()
}

pub(crate) fn differences() -> Vec<Difference> {
    let read = |columns: Vec<&'static str>| match columns[..] {
        [ours, theirs, pattern, event, why] if !why.is_empty() => {
            Difference { ours, theirs, pattern, event }
        }
        _ => panic!("a line with other columns: {columns:?}"),
    };
    lines(include_str!("differences.tsv")).map(read).collect()
}

#[test]
fn cases_end_as_the_table_says() {
    let cases = cases();
    assert!(cases.len() > 300, "the table was read: {}", cases.len());
    for Case { outcome: expected, pattern, event } in cases {
        assert_eq!(outcome(pattern, event), expected, "{pattern} on {event}");
    }
}

#[test]
fn differences_are_as_the_table_says() {
    for Difference { ours, pattern, event, .. } in differences() {
        assert_eq!(word(&outcome(pattern, event)), ours, "{pattern} on {event}");
    }
}
