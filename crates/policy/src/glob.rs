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
    Tokens(Box<[Token]>),
}

impl Glob {
    /// A pattern in which `*` and `?` are wildcards.
    pub(crate) fn new(pattern: &str) -> Self {
        Self::of_tokens(pattern.chars().map(Token::wild).collect())
    }

    pub(crate) fn of_tokens(mut tokens: Vec<Token>) -> Self {
        tokens.dedup_by(|a, b| *a == Token::Many && *b == Token::Many);
        let literal = |tokens: &[Token]| {
            let char_of = |token: &Token| match token {
                Token::Char(c) => Some(*c),
                Token::One | Token::Many => None,
            };
            tokens.iter().map(char_of).collect::<Option<String>>()
        };
        if let Some(text) = literal(&tokens) {
            return Self::Literal(text.into());
        }
        match tokens.split_last() {
            Some((Token::Many, [])) => Self::Any,
            Some((Token::Many, front)) => match literal(front) {
                Some(text) => Self::Prefix(text.into()),
                None => Self::Tokens(tokens.into()),
            },
            _ => Self::Tokens(tokens.into()),
        }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(literal) => **literal == *text,
            Self::Prefix(prefix) => text.starts_with(&**prefix),
            Self::Tokens(tokens) => matches(tokens, text),
        }
    }
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
