//! Patterns with `*` and `?`, matched without recursion and without regular expressions.

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

/// What a text begins with, what follows in order, and what it ends with.
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

    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(literal) => **literal == *text,
            Self::Prefix(prefix) => text.starts_with(&**prefix),
            Self::Parts(parts) => parts.match_all_of(text),
            Self::Tokens(tokens) => matches(tokens, text),
        }
    }
}

impl Parts {
    fn match_all_of(&self, text: &str) -> bool {
        let Self { first, middle, last } = self;
        let inner = text.strip_prefix(&**first).and_then(|rest| rest.strip_suffix(&**last));
        let Some(mut rest) = inner else { return false };
        // The first place that a part fits leaves most to those behind it.
        middle.iter().all(|part| match rest.find(&**part) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
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

/// Does the pattern match all of the text? Takes at most pattern × text steps: after a mismatch only the last `*` can
/// still help, because whatever an earlier one could take, the last one can take too.
pub(crate) fn matches(pattern: &[Token], text: &str) -> bool {
    let mut rest = text.chars();
    let mut at = 0;
    let mut retry = None;
    loop {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            assert_eq!(Glob::new(pattern).matches(text), matched, "{pattern} {text}: {because}");
        }
    }

    #[test]
    fn an_evil_pattern_takes_no_exponential_time() {
        let glob = Glob::new(&("a*".repeat(1_000) + "b"));
        assert!(!glob.matches(&"a".repeat(4_000)));
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
            prop_assert_eq!(Glob::new(&pattern).matches(&text), naive(&p, &t));
        }
    }
}
