//! Texts of a policy that may contain variables: `${key}`, `${key, 'default'}`, and the escapes
//! `${*}`, `${?}`, `${$}`.

use std::borrow::Cow;

use crate::iam::context::{Context, Key, Value};
use crate::iam::glob::{Glob, Token, is_same, matches};
use crate::iam::malformed::Malformed;
use crate::iam::version::Version;
use crate::work::Work;

/// A text of a policy, in comparable form.
#[derive(Debug, Clone)]
pub(crate) enum Template {
    /// Known when it was compiled.
    Fixed(Glob),
    /// Known when the request is.
    Open(Box<[Piece]>),
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Text(Box<str>),
    One,
    Many,
    Variable { key: Key, default: Option<Box<str>> },
}

/// The meaning of `*` and `?` in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wildcards {
    Wild,
    Literal,
}

/// A variable has no value in this request, so the text cannot match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unresolved;

impl Template {
    /// Parses a text. Documents of 2008 have no variables: there `${` is plain text.
    pub(crate) fn read(
        text: &str,
        version: Version,
        wildcards: Wildcards,
    ) -> Result<Self, Malformed> {
        let token = |c| match wildcards {
            Wildcards::Wild => Token::wild(c),
            Wildcards::Literal => Token::Char(c),
        };
        let (mut pieces, mut tokens) = (Vec::new(), Vec::new());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let variable = rest.strip_prefix("${").filter(|_| version == Version::V2012);
            let Some(inner) = variable else {
                tokens.push(token(c));
                rest = &rest[c.len_utf8()..];
                continue;
            };
            let (found, after) = variable_in(inner).ok_or(Malformed::Syntax)?;
            match found {
                Found::Escaped(c) => tokens.push(Token::Char(c)),
                Found::Variable(variable) => {
                    join(&mut pieces, &tokens);
                    tokens.clear();
                    pieces.push(variable);
                }
            }
            rest = after;
        }
        if pieces.is_empty() {
            return Ok(Self::Fixed(Glob::of_tokens(&tokens)));
        }
        join(&mut pieces, &tokens);
        Ok(Self::Open(pieces.into()))
    }

    /// Whether the whole text matches.
    pub(crate) fn matches(
        &self,
        text: &str,
        context: &Context<'_>,
        work: &Work,
    ) -> Result<bool, Unresolved> {
        match self {
            Self::Fixed(glob) => Ok(glob.matches(text, work)),
            Self::Open(pieces) => matches_open(pieces, text, context, work),
        }
    }

    /// As [`Template::matches`], ignoring case.
    pub(crate) fn matches_folded(
        &self,
        text: &str,
        context: &Context<'_>,
        work: &Work,
    ) -> Result<bool, Unresolved> {
        match self {
            Self::Fixed(Glob::Literal(literal)) => {
                let is_worth_it = work.spend(1 + literal.len() + text.len());
                Ok(is_worth_it && literal.to_lowercase() == text.to_lowercase())
            }
            Self::Fixed(glob) => Ok(matches_folded(&glob.tokens(), text, work)),
            Self::Open(pieces) => {
                let tokens = resolve(pieces, context, work)?;
                Ok(matches_folded(&tokens, text, work))
            }
        }
    }

    /// The keys of its variables.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        let pieces = match self {
            Self::Fixed(_) => &[],
            Self::Open(pieces) => &**pieces,
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, default: _ } => Some(key),
            Piece::Text(_) | Piece::One | Piece::Many => None,
        })
    }
}

fn matches_folded(tokens: &[Token], text: &str, work: &Work) -> bool {
    let folded = |token: &Token| match token {
        Token::Char(c) => c.to_lowercase().map(Token::Char).collect(),
        Token::One | Token::Many => vec![*token],
    };
    if !work.spend(tokens.len() + text.len()) {
        return false;
    }
    let tokens: Vec<_> = tokens.iter().flat_map(folded).collect();
    matches(&tokens, &text.to_lowercase(), work)
}

/// Appends tokens, those that are characters side by side as one text.
fn join(pieces: &mut Vec<Piece>, tokens: &[Token]) {
    let mut text = String::new();
    let flush = |text: &mut String, pieces: &mut Vec<Piece>| {
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(text).into()));
        }
    };
    for token in tokens {
        match token {
            Token::Char(c) => text.push(*c),
            Token::One | Token::Many => {
                flush(&mut text, pieces);
                pieces.push(if *token == Token::One { Piece::One } else { Piece::Many });
            }
        }
    }
    flush(&mut text, pieces);
}

/// The meaning of `${`.
enum Found {
    Escaped(char),
    Variable(Piece),
}

/// Parses the text after `${`, up to its closing brace.
fn variable_in(inner: &str) -> Option<(Found, &str)> {
    for c in ['*', '?', '$'] {
        if let Some(after) = inner.strip_prefix(c).and_then(|rest| rest.strip_prefix('}')) {
            return Some((Found::Escaped(c), after));
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
    let variable = Piece::Variable { key: Key::new(key.trim_end()), default };
    Some((Found::Variable(variable), after.strip_prefix('}')?))
}

/// Compares piece by piece if there is no wildcard, or only one at the end: the usual case, which
/// needs no memory.
fn matches_open(
    pieces: &[Piece],
    text: &str,
    context: &Context<'_>,
    work: &Work,
) -> Result<bool, Unresolved> {
    let mut rest = text;
    for (at, piece) in pieces.iter().enumerate() {
        let value = match piece {
            Piece::Text(text) => Cow::Borrowed(&**text),
            Piece::Variable { key, default } => value_of(key, default.as_deref(), context, work)?,
            Piece::Many if at + 1 == pieces.len() => return Ok(true),
            Piece::One | Piece::Many => {
                let tokens = resolve(&pieces[at..], context, work)?;
                return Ok(matches(&tokens, rest, work));
            }
        };
        if !work.spend_on_bytes(value.len().min(rest.len())) {
            return Ok(false);
        }
        match rest.strip_prefix(&*value) {
            Some(after) => rest = after,
            // It does not match; but the result is unknown if a variable has no value.
            None => return all_have_values(&pieces[at..], context, work).map(|()| false),
        }
    }
    Ok(is_same(rest, "", work))
}

fn all_have_values(pieces: &[Piece], context: &Context<'_>, work: &Work) -> Result<(), Unresolved> {
    pieces.iter().try_for_each(|piece| match piece {
        Piece::Text(_) | Piece::One | Piece::Many => Ok(()),
        Piece::Variable { key, default } => {
            value_of(key, default.as_deref(), context, work).map(|_| ())
        }
    })
}

/// The only value of a variable. A key with several values is no variable, and its default does not
/// apply.
fn value_of<'a>(
    key: &Key,
    default: Option<&'a str>,
    context: &'a Context<'_>,
    work: &Work,
) -> Result<Cow<'a, str>, Unresolved> {
    match context.look_up(key, work) {
        Some(found) => found.only().map(Value::text).ok_or(Unresolved),
        None => default.map(Cow::Borrowed).ok_or(Unresolved),
    }
}

/// Puts values in the place of variables. A value is literal: a `*` in it is a star. Ends early
/// when the work is done.
pub(crate) fn resolve(
    pieces: &[Piece],
    context: &Context<'_>,
    work: &Work,
) -> Result<Vec<Token>, Unresolved> {
    let mut tokens = Vec::new();
    for piece in pieces {
        let value = match piece {
            Piece::Text(text) => Cow::Borrowed(&**text),
            Piece::Variable { key, default } => value_of(key, default.as_deref(), context, work)?,
            Piece::One | Piece::Many => {
                tokens.push(if matches!(piece, Piece::One) { Token::One } else { Token::Many });
                continue;
            }
        };
        if !work.spend(value.len()) {
            break;
        }
        tokens.extend(value.chars().map(Token::Char));
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
        let template = Template::read(template, version, Wildcards::Wild).unwrap();
        template.matches(text, &context, &Work::of_decision())
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
        let (context, work) = (Context::new(), Work::of_decision());
        for (template, wildcards) in [
            ("ÄbC", Wildcards::Literal),
            ("${aws:x, 'ÄbC'}", Wildcards::Literal),
            ("Ä*C", Wildcards::Wild),
            ("Ä?C", Wildcards::Wild),
            ("*B${aws:x, 'C'}", Wildcards::Wild),
        ] {
            let template = Template::read(template, Version::V2012, wildcards).unwrap();
            assert_eq!(template.matches_folded("äBc", &context, &work), Ok(true));
            assert_eq!(template.matches_folded("äBd", &context, &work), Ok(false));
        }
    }
}
