use std::cmp::Ordering;

use super::number::{compare_numbers, is_number, split_digits};

/// A version as Maven's `ComparableVersion` parses it: lists, of which each can end with a further
/// list. A level holds what a list holds before that.
struct Version(Vec<Vec<Atom>>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Atom {
    Number(String),
    Word(String),
}

/// What is at a place of a list.
#[derive(Clone, Copy)]
enum Item<'a> {
    Atom(&'a Atom),
    List(&'a [Vec<Atom>]),
    Nothing,
}

/// Words from the oldest; the empty one is the release, and unknown ones are newer than all.
const WORDS: [&str; 7] = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
const RELEASE: usize = 5;

pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let is_empty = |text: &str| text.trim().is_empty();
    if is_empty(one) || is_empty(other) {
        return None;
    }
    Some(compare_lists(&Version::parse(one.trim()).0, &Version::parse(other.trim()).0))
}

impl Version {
    fn parse(text: &str) -> Self {
        let text = text.to_lowercase();
        let mut version = Self(vec![Vec::new()]);
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let (piece, after) = match first {
                '0'..='9' => split_digits(rest),
                '.' | '-' => ("", rest),
                _ => {
                    let end = rest.find(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
                    rest.split_at(end.unwrap_or(rest.len()))
                }
            };
            let next = after.chars().next();
            version.push(piece, next);
            rest = match next {
                Some('-') => {
                    version.0.push(Vec::new());
                    &after[1..]
                }
                Some('.') => &after[1..],
                Some(_) | None => after,
            };
        }
        version.normalize();
        version
    }

    /// Adds a piece, before `next`. A word opens a list of its own if a digit follows it or it is
    /// the last; between digits and letters there is a dash that is not written.
    fn push(&mut self, piece: &str, next: Option<char>) {
        let level = self.0.last_mut().expect("there is a first level");
        if piece.is_empty() {
            level.push(Atom::Number("0".into()));
        } else if is_number(piece) {
            level.push(Atom::Number(piece.into()));
            if next.is_some_and(|next| !matches!(next, '.' | '-')) {
                self.0.push(Vec::new());
            }
        } else {
            let digit_follows = next.is_some_and(|next| next.is_ascii_digit());
            if (digit_follows || next.is_none()) && !level.is_empty() {
                self.0.push(Vec::new());
            }
            let level = self.0.last_mut().expect("there is a first level");
            level.push(Atom::Word(word(piece, digit_follows).into()));
            if digit_follows {
                self.0.push(Vec::new());
            }
        }
    }

    /// Without what means nothing at the end of a list: 0, the release's word, an empty list.
    fn normalize(&mut self) {
        for level in &mut self.0 {
            let last = level.iter().rposition(|atom| atom.compare(Item::Nothing).is_ne());
            level.truncate(last.map_or(0, |last| last + 1));
        }
        while self.0.len() > 1 && self.0.last().is_some_and(Vec::is_empty) {
            self.0.pop();
        }
    }
}

/// The word in full: `a1` is `alpha-1`, `ga` is the release.
fn word(text: &str, digit_follows: bool) -> &str {
    match text {
        "a" if digit_follows => "alpha",
        "b" if digit_follows => "beta",
        "m" if digit_follows => "milestone",
        "ga" | "final" | "release" => "",
        "cr" => "rc",
        text => text,
    }
}

impl Atom {
    fn compare(&self, other: Item<'_>) -> Ordering {
        match (self, other) {
            (Self::Number(one), Item::Atom(Self::Number(other))) => compare_numbers(one, other),
            (Self::Number(one), Item::Nothing) => compare_numbers(one, "0"),
            (Self::Number(_), Item::Atom(Self::Word(_)) | Item::List(_)) => Ordering::Greater,
            (Self::Word(one), Item::Atom(Self::Word(other))) => rank(one).cmp(&rank(other)),
            (Self::Word(one), Item::Nothing) => rank(one).cmp(&(RELEASE, "")),
            (Self::Word(_), Item::Atom(Self::Number(_)) | Item::List(_)) => Ordering::Less,
        }
    }
}

fn rank(word: &str) -> (usize, &str) {
    let known = WORDS.iter().position(|known| *known == word);
    known.map_or((WORDS.len(), word), |at| (at, ""))
}

fn item(list: &[Vec<Atom>], at: usize) -> Item<'_> {
    let (level, inner) = list.split_first().expect("a list has a level");
    match level.get(at) {
        Some(atom) => Item::Atom(atom),
        None if at == level.len() && !inner.is_empty() => Item::List(inner),
        None => Item::Nothing,
    }
}

fn length(list: &[Vec<Atom>]) -> usize {
    list.first().map_or(0, Vec::len) + usize::from(list.len() > 1)
}

fn compare_lists(one: &[Vec<Atom>], other: &[Vec<Atom>]) -> Ordering {
    let places = 0..length(one).max(length(other));
    let mut compared = places.map(|at| match (item(one, at), item(other, at)) {
        (Item::Atom(one), other) => one.compare(other),
        (one, Item::Atom(other)) => other.compare(one).reverse(),
        (Item::List(one), Item::List(other)) => compare_lists(one, other),
        (Item::List(one), Item::Nothing) => compare_with_nothing(one),
        (Item::Nothing, Item::List(other)) => compare_with_nothing(other).reverse(),
        (Item::Nothing, Item::Nothing) => Ordering::Equal,
    });
    compared.find(|compared| compared.is_ne()).unwrap_or(Ordering::Equal)
}

fn compare_with_nothing(list: &[Vec<Atom>]) -> Ordering {
    let mut compared = list.iter().flatten().map(|atom| atom.compare(Item::Nothing));
    compared.find(|compared| compared.is_ne()).unwrap_or(Ordering::Equal)
}
