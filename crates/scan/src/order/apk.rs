use std::cmp::Ordering;

use super::number::{compare_numbers, is_number, split_digits};

/// A part of a version, in the order in which the end of one version is compared with what the
/// other goes on with: the earlier kind is the newer version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    FirstDigits,
    Digits,
    Letter,
    Suffix,
    SuffixNumber,
    Commit,
    Revision,
    End,
}

/// Suffixes from the oldest; those from `cvs` on are newer than none.
const SUFFIXES: [&str; 9] = ["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"];
const EARLY_SUFFIXES: usize = 4;

/// What is left of a version, and where it is.
#[derive(Clone, Copy)]
struct Parts<'a> {
    rest: &'a str,
    kind: Kind,
    value: &'a str,
}

pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (mut one, mut other) = (Parts::of(one.trim())?, Parts::of(other.trim())?);
    one.is_version().then_some(())?;
    other.is_version().then_some(())?;
    while one.kind == other.kind && one.kind != Kind::End {
        let compared = one.compare_value(&other);
        if compared.is_ne() {
            return Some(compared);
        }
        (one, other) = (one.next()?, other.next()?);
    }
    Some(if one.kind == other.kind {
        Ordering::Equal
    } else if one.is_early() {
        Ordering::Less
    } else if other.is_early() {
        Ordering::Greater
    } else {
        other.kind.cmp(&one.kind)
    })
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (value, rest) = split_digits(text);
        (!value.is_empty()).then_some(Self { rest, kind: Kind::FirstDigits, value })
    }

    fn is_version(mut self) -> bool {
        while self.kind != Kind::End {
            match self.next() {
                Some(next) => self = next,
                None => return false,
            }
        }
        true
    }

    fn next(&self) -> Option<Self> {
        let part = |kind, (value, rest): (&'a str, &'a str)| {
            (!value.is_empty()).then_some(Self { rest, kind, value })
        };
        let rest = self.rest;
        let Some(first) = rest.chars().next() else {
            return Some(Self { rest, kind: Kind::End, value: "" });
        };
        match first {
            '.' if self.kind < Kind::Letter => part(Kind::Digits, split_digits(&rest[1..])),
            'a'..='z' if self.kind < Kind::Letter => part(Kind::Letter, rest.split_at(1)),
            '_' if self.kind < Kind::Commit => {
                let is_letter = |c: char| c.is_ascii_lowercase();
                let end = rest[1..].find(|c| !is_letter(c)).map_or(rest.len(), |end| end + 1);
                let suffix = part(Kind::Suffix, (&rest[1..end], &rest[end..]))?;
                SUFFIXES.contains(&suffix.value).then_some(suffix)
            }
            '0'..='9' if self.kind == Kind::Suffix => part(Kind::SuffixNumber, split_digits(rest)),
            '~' if self.kind < Kind::Commit => {
                let end = rest[1..].find(|c: char| !c.is_ascii_hexdigit());
                let end = end.map_or(rest.len(), |end| end + 1);
                part(Kind::Commit, (&rest[1..end], &rest[end..]))
            }
            '-' if self.kind < Kind::Revision => {
                let number = rest.strip_prefix("-r").filter(|number| is_number(number))?;
                part(Kind::Revision, (number, ""))
            }
            _ => None,
        }
    }

    /// A number that begins with a zero after the first is a fraction, compared as text.
    fn compare_value(&self, other: &Self) -> Ordering {
        match self.kind {
            Kind::Digits if self.value.starts_with('0') || other.value.starts_with('0') => {
                self.value.cmp(other.value)
            }
            Kind::FirstDigits | Kind::Digits | Kind::SuffixNumber | Kind::Revision => {
                compare_numbers(self.value, other.value)
            }
            Kind::Suffix => self.suffix().cmp(&other.suffix()),
            Kind::Letter | Kind::Commit | Kind::End => self.value.cmp(other.value),
        }
    }

    fn suffix(&self) -> Option<usize> {
        SUFFIXES.iter().position(|suffix| *suffix == self.value)
    }

    fn is_early(&self) -> bool {
        self.kind == Kind::Suffix && self.suffix().is_some_and(|at| at < EARLY_SUFFIXES)
    }
}
