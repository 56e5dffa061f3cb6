//! Patterns with `*` and `?`, matched without recursion and without regular expressions.
//!
//! # Invariants
//! * Without `?`, a match takes at most as many steps as pattern and text have bytes.
//! * With `?`, it may take pattern × text steps, but never more than the [`Work`] has left.

use crate::work::Work;

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// This character.
    Char(char),
    /// `?`: any one character.
    One,
    /// `*`: any characters, or none.
    Many,
}

impl Token {
    pub(crate) fn wild(c: char) -> Self {
        match c {
            '*' => Self::Many,
            '?' => Self::One,
            _ => Self::Char(c),
        }
    }
}

/// A pattern whose text is known when it is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Glob {
    /// `*`.
    Any,
    /// No wildcard.
    Literal(Box<str>),
    /// One `*`, at the end.
    Prefix(Box<str>),
    /// `*` elsewhere, and no `?`.
    Parts(Box<Parts>),
    Tokens(Box<[Token]>),
}

/// The start of a text, the parts that follow in order, and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    first: Box<str>,
    middle: Box<[Box<str>]>,
    last: Box<str>,
}

impl Glob {
    /// A pattern in which `*` and `?` are wildcards.
    pub(crate) fn new(pattern: &str) -> Self {
        Self::of_tokens(&pattern.chars().map(Token::wild).collect::<Vec<_>>())
    }

    pub(crate) fn of_tokens(tokens: &[Token]) -> Self {
        let parts = tokens.split(|token| *token == Token::Many).map(literal);
        let Some(parts) = parts.collect::<Option<Vec<Box<str>>>>() else {
            return Self::Tokens(tokens.into());
        };
        match &*parts {
            [] => Self::Literal("".into()),
            [text] => Self::Literal(text.clone()),
            [first, last] if first.is_empty() && last.is_empty() => Self::Any,
            [first, last] if last.is_empty() => Self::Prefix(first.clone()),
            [first, middle @ .., last] => Self::Parts(Box::new(Parts {
                first: first.clone(),
                // Two stars side by side are one.
                middle: middle.iter().filter(|part| !part.is_empty()).cloned().collect(),
                last: last.clone(),
            })),
        }
    }

    /// The pattern, step by step.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        let chars = |text: &str| text.chars().map(Token::Char).collect::<Vec<_>>();
        let joined = |parts: &[&str]| {
            let parts: Vec<_> = parts.iter().map(|part| chars(part)).collect();
            parts.join(&Token::Many)
        };
        match self {
            Self::Any => vec![Token::Many],
            Self::Literal(text) => chars(text),
            Self::Prefix(text) => joined(&[&**text, ""]),
            Self::Parts(parts) => {
                let Parts { first, middle, last } = &**parts;
                let middle = middle.iter().map(|part| &**part);
                let parts: Vec<_> = [&**first].into_iter().chain(middle).chain([&**last]).collect();
                joined(&parts)
            }
            Self::Tokens(tokens) => tokens.to_vec(),
        }
    }

    pub(crate) fn matches(&self, text: &str, work: &Work) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(literal) => is_same(literal, text, work),
            Self::Prefix(prefix) => {
                work.spend_on_bytes(prefix.len().min(text.len())) && text.starts_with(&**prefix)
            }
            Self::Parts(parts) => parts.match_all_of(text, work),
            Self::Tokens(tokens) => matches(tokens, text, work),
        }
    }
}

/// Texts of other lengths differ at once.
pub(crate) fn is_same(a: &str, b: &str, work: &Work) -> bool {
    let bytes = if a.len() == b.len() { a.len() } else { 0 };
    work.spend_on_bytes(bytes) && a == b
}

impl Parts {
    fn match_all_of(&self, text: &str, work: &Work) -> bool {
        let Self { first, middle, last } = self;
        let inner = text.strip_prefix(&**first).and_then(|rest| rest.strip_suffix(&**last));
        if !work.spend_on_bytes((first.len() + last.len()).min(text.len())) {
            return false;
        }
        let Some(mut rest) = inner else { return false };
        // The first place that a part fits leaves most to those behind it.
        middle.iter().all(|part| {
            let found = rest.find(&**part);
            let searched = found.unwrap_or(rest.len()) + part.len();
            if !work.spend(searched) {
                return false;
            }
            let Some(at) = found else { return false };
            rest = &rest[at + part.len()..];
            true
        })
    }
}

/// The tokens as a text, if none is a wildcard.
fn literal(tokens: &[Token]) -> Option<Box<str>> {
    let char_of = |token: &Token| match token {
        Token::Char(c) => Some(*c),
        Token::One | Token::Many => None,
    };
    tokens.iter().map(char_of).collect::<Option<String>>().map(Into::into)
}

/// Whether the pattern matches the whole text. It takes at most pattern × text steps: after a
/// mismatch only the last `*` can still help, because it can match anything that an earlier one
/// could.
pub(crate) fn matches(pattern: &[Token], text: &str, work: &Work) -> bool {
    let mut rest = text.chars();
    let mut at = 0;
    let mut retry = None;
    while work.spend(1) {
        let token = pattern.get(at);
        if token == Some(&Token::Many) {
            at += 1;
            if at == pattern.len() {
                return true;
            }
            retry = Some((at, rest.clone()));
            continue;
        }
        let mut after = rest.clone();
        match (token, after.next()) {
            (None, None) => return true,
            (Some(Token::One), Some(_)) => {}
            (Some(Token::Char(wanted)), Some(found)) if *wanted == found => {}
            _ => {
                let Some((back, from)) = &mut retry else { return false };
                if from.next().is_none() {
                    return false;
                }
                at = *back;
                rest = from.clone();
                continue;
            }
        }
        at += 1;
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_match(pattern: &str, text: &str) -> bool {
        Glob::new(pattern).matches(text, &Work::of(10_000))
    }

    #[test]
    fn globs() {
        #[rustfmt::skip]
        let cases = [
            ("*",       "",          true,  "anything is nothing too"),
            ("*",       "a/b:c",     true,  "a star crosses everything"),
            ("",        "",          true,  "nothing is nothing"),
            ("",        "a",         false, "and not something"),
            ("a*",      "abc",       true,  "a prefix"),
            ("a*",      "b",         false, "another prefix"),
            ("*c",      "abc",       true,  "a suffix"),
            ("*c",      "abcd",      false, "another suffix"),
            ("a*c*e",   "abcde",     true,  "two stars"),
            ("a*c*e",   "abcdef",    false, "the end must fit"),
            ("a?c",     "abc",       true,  "one character"),
            ("a?c",     "ac",        false, "a question mark is not nothing"),
            ("?",       "é",         true,  "characters, not bytes"),
            ("a**b",    "ab",        true,  "two stars are one"),
            ("*a*b",    "aab",       true,  "the last star retries"),
            ("*ab",     "aaab",      true,  "the last star retries"),
            ("*?",      "",          false, "at least one character"),
            ("*?",      "a",         true,  "at least one character"),
            ("A",       "a",         false, "case counts"),
            ("a*a",     "a",         false, "the end is not the beginning"),
            ("*a*",     "bab",       true,  "in the middle"),
            ("**",      "x",         true,  "two stars are one"),
            ("*a*b*",   "xbxa",      false, "in this order"),
        ];
        for (pattern, text, matched, because) in cases {
            assert_eq!(is_match(pattern, text), matched, "{pattern} {text}: {because}");
        }
    }

    #[test]
    fn patterns_that_were_made_to_be_slow_end_with_the_work() {
        let text = "a".repeat(100_000);
        #[rustfmt::skip]
        let cases = [
            ("a*".repeat(5_000) + "b",          false, "stars: one pass"),
            ("*a".repeat(5_000) + "b*",         false, "stars: one pass"),
            (format!("*{}b*", "a".repeat(9_000)), false, "a long part: one pass"),
            (format!("*{}?b*", "a".repeat(9_000)), true,  "a question mark: as far as the work goes"),
            (format!("*{}b", "a?".repeat(4_500)), true,  "question marks: as far as the work goes"),
        ];
        for (pattern, is_done, because) in cases {
            let work = Work::of(500_000);
            assert!(!Glob::new(&pattern).matches(&text, &work), "{because}");
            assert_eq!(work.is_done(), is_done, "{because}: {}", work.steps());
        }
    }

    /// What the words mean, with no thought for time.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
            Some(('?', rest)) => !text.is_empty() && naive(rest, &text[1..]),
            Some((c, rest)) => text.first() == Some(c) && naive(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn globs_match_what_a_naive_matcher_matches(
            pattern in "[ab*?é]{0,8}", text in "[abé]{0,10}",
        ) {
            let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(is_match(&pattern, &text), naive(&p, &t));
            let (glob, work) = (Glob::new(&pattern), Work::of(10_000));
            prop_assert_eq!(matches(&glob.tokens(), &text, &work), naive(&p, &t));
        }

        #[test]
        fn a_pattern_without_question_marks_takes_one_pass(
            pattern in "[ab*é]{0,60}", text in "[ab]{0,300}",
        ) {
            let work = Work::of(usize::MAX);
            Glob::new(&pattern).matches(&text, &work);
            prop_assert!(work.steps() <= 2 + pattern.len() + text.len(), "{}", work.steps());
        }

        #[test]
        fn no_match_takes_more_steps_than_there_are(
            pattern in "[ab*?]{0,60}", text in "[ab]{0,300}", steps in 0_usize..2_000,
        ) {
            let (bounded, unbounded) = (Work::of(steps), Work::of(usize::MAX));
            let glob = Glob::new(&pattern);
            let (short, whole) = (glob.matches(&text, &bounded), glob.matches(&text, &unbounded));
            prop_assert_eq!(bounded.is_done(), unbounded.steps() > steps);
            prop_assert!(unbounded.steps() <= 2 * (1 + pattern.len()) * (1 + text.len()));
            prop_assert!(bounded.is_done() || short == whole);
        }
    }
}
