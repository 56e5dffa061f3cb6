//! Texts of a policy that may hold variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for themselves.

use crate::context::Context;
use crate::document::Version;
use crate::glob::{Glob, Token, matches};
use crate::malformed::Malformed;

/// A text of a policy, as it is compared with a request's.
#[derive(Debug, Clone)]
pub(crate) enum Template {
    /// Known when it was compiled.
    Fixed(Glob),
    /// Known when the request is.
    Open(Box<[Piece]>),
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Token(Token),
    Variable { key: Box<str>, default: Option<Box<str>> },
}

/// What `*` and `?` are in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wildcards {
    Wild,
    Literal,
}

/// A variable has no value in this request, so that the text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unresolved;

impl Template {
    /// Reads a text. Documents of 2008 have no variables: there `${` stands for itself.
    pub(crate) fn read(
        text: &str,
        version: Version,
        wildcards: Wildcards,
    ) -> Result<Self, Malformed> {
        let token = |c| match wildcards {
            Wildcards::Wild => Token::wild(c),
            Wildcards::Literal => Token::Char(c),
        };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let variable = rest.strip_prefix("${").filter(|_| version == Version::V2012);
            if let Some(inner) = variable {
                let (piece, after) = variable_in(inner).ok_or(Malformed::Syntax)?;
                pieces.push(piece);
                rest = after;
            } else {
                pieces.push(Piece::Token(token(c)));
                rest = &rest[c.len_utf8()..];
            }
        }
        let fixed = pieces.iter().map(|piece| match piece {
            Piece::Token(token) => Some(*token),
            Piece::Variable { .. } => None,
        });
        Ok(match fixed.collect::<Option<Vec<_>>>() {
            Some(tokens) => Self::Fixed(Glob::of_tokens(tokens)),
            None => Self::Open(pieces.into()),
        })
    }

    /// Does all of the text match?
    pub(crate) fn matches(&self, text: &str, context: &Context<'_>) -> Result<bool, Unresolved> {
        match self {
            Self::Fixed(glob) => Ok(glob.matches(text)),
            Self::Open(pieces) => Ok(matches(&resolve(pieces, context)?, text)),
        }
    }

    /// As [`Template::matches`], where case does not count.
    pub(crate) fn matches_folded(
        &self,
        text: &str,
        context: &Context<'_>,
    ) -> Result<bool, Unresolved> {
        let text = text.to_lowercase();
        match self {
            Self::Fixed(Glob::Literal(literal)) => Ok(literal.to_lowercase() == text),
            Self::Fixed(glob) => Ok(glob.matches(&text)),
            Self::Open(pieces) => {
                let folded = |token: &Token| match token {
                    Token::Char(c) => c.to_lowercase().map(Token::Char).collect(),
                    Token::One | Token::Many => vec![*token],
                };
                let tokens: Vec<_> = resolve(pieces, context)?.iter().flat_map(folded).collect();
                Ok(matches(&tokens, &text))
            }
        }
    }

    /// The pattern as it is for this request.
    pub(crate) fn tokens(&self, context: &Context<'_>) -> Result<Vec<Token>, Unresolved> {
        match self {
            Self::Fixed(Glob::Any) => Ok(vec![Token::Many]),
            Self::Fixed(Glob::Literal(text)) => Ok(text.chars().map(Token::Char).collect()),
            Self::Fixed(Glob::Prefix(text)) => {
                Ok(text.chars().map(Token::Char).chain([Token::Many]).collect())
            }
            Self::Fixed(Glob::Tokens(tokens)) => Ok(tokens.to_vec()),
            Self::Open(pieces) => resolve(pieces, context),
        }
    }

    /// The keys of its variables.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let pieces = match self {
            Self::Fixed(_) => &[],
            Self::Open(pieces) => &**pieces,
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Token(_) => None,
            Piece::Variable { key, default: _ } => Some(&**key),
        })
    }
}

/// Reads what follows `${`, up to the brace that ends it.
fn variable_in(inner: &str) -> Option<(Piece, &str)> {
    for c in ['*', '?', '$'] {
        if let Some(after) = inner.strip_prefix(c).and_then(|rest| rest.strip_prefix('}')) {
            return Some((Piece::Token(Token::Char(c)), after));
        }
    }
    let end = inner.find([',', '}'])?;
    let (key, rest) = inner.split_at(end);
    if key.is_empty() || key.contains(['$', '{', '\'', '*', '?']) {
        return None;
    }
    let (default, after) = match rest.strip_prefix(',') {
        None => (None, rest),
        Some(rest) => {
            let text = rest.trim_start_matches(' ').strip_prefix('\'')?;
            let (default, after) = text.split_once('\'')?;
            (Some(default.into()), after.trim_start_matches(' '))
        }
    };
    Some((Piece::Variable { key: key.trim_end().into(), default }, after.strip_prefix('}')?))
}

/// Puts values in the place of variables. A value is literal: a `*` in it is a star.
fn resolve(pieces: &[Piece], context: &Context<'_>) -> Result<Vec<Token>, Unresolved> {
    let mut tokens = Vec::with_capacity(pieces.len() + 32);
    for piece in pieces {
        match piece {
            Piece::Token(token) => tokens.push(*token),
            Piece::Variable { key, default } => match (context.find(key), default) {
                (Some([value]), _) if !context.is_multi_valued(key) => {
                    tokens.extend(value.text().chars().map(Token::Char));
                }
                (None, Some(default)) => tokens.extend(default.chars().map(Token::Char)),
                _ => return Err(Unresolved),
            },
        }
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, version: Version, text: &str) -> Result<bool, Unresolved> {
        let mut context = Context::new();
        context.set("aws:username", "alice");
        context.set("aws:PrincipalTag/team", "*");
        context.set_many("aws:TagKeys", ["a"]);
        Template::read(template, version, Wildcards::Wild).unwrap().matches(text, &context)
    }

    #[test]
    fn variables_take_the_request_s_values() {
        use Version::{V2008, V2012};
        #[rustfmt::skip]
        let cases = [
            ("u/${aws:username}/*",         V2012, "u/alice/x",          Ok(true),        "the value"),
            ("u/${AWS:UserName}",           V2012, "u/alice",            Ok(true),        "keys know no case"),
            ("u/${aws:username}",           V2008, "u/alice",            Ok(false),       "2008 knows no variables"),
            ("u/${aws:username}",           V2008, "u/${aws:username}",  Ok(true),        "the text itself"),
            ("${aws:PrincipalTag/team}",    V2012, "anything",           Ok(false),       "a star in a value is a star"),
            ("${aws:PrincipalTag/team}",    V2012, "*",                  Ok(true),        "a star in a value is a star"),
            ("${aws:missing}*",             V2012, "x",                  Err(Unresolved), "no value"),
            ("${aws:missing, 'x'}",         V2012, "x",                  Ok(true),        "the default"),
            ("${aws:missing,'*'}",          V2012, "y",                  Ok(false),       "a default is literal"),
            ("${aws:missing,''}y",          V2012, "y",                  Ok(true),        "an empty default"),
            ("${aws:username, 'x'}",        V2012, "alice",              Ok(true),        "a value before a default"),
            ("${aws:TagKeys}",              V2012, "a",                  Err(Unresolved), "a key of many values is no variable"),
            ("${aws:TagKeys, 'a'}",         V2012, "a",                  Err(Unresolved), "nor does the default stand in"),
            ("${*}${?}${$}",                V2012, "*?$",                Ok(true),        "escapes"),
            ("${*}",                        V2012, "x",                  Ok(false),       "escapes"),
            ("a$b{c}",                      V2012, "a$b{c}",             Ok(true),        "a dollar alone"),
        ];
        for (template, version, text, expected, because) in cases {
            assert_eq!(check(template, version, text), expected, "{template}: {because}");
        }
    }

    #[test]
    fn variables_that_are_none_are_refused() {
        for text in
            ["${", "${a", "${}", "${a,}", "${a,b}", "${a,'b}", "${a,'b'", "${${a}}", "${**}"]
        {
            assert!(Template::read(text, Version::V2012, Wildcards::Wild).is_err(), "{text}");
            assert!(Template::read(text, Version::V2008, Wildcards::Wild).is_ok(), "{text}");
        }
    }

    #[test]
    fn case_may_not_count() {
        let context = Context::new();
        for template in ["ÄbC", "${aws:x, 'ÄbC'}"] {
            let template = Template::read(template, Version::V2012, Wildcards::Literal).unwrap();
            assert_eq!(template.matches_folded("äBc", &context), Ok(true));
            assert_eq!(template.matches_folded("äBd", &context), Ok(false));
        }
    }
}
