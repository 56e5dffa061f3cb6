//! From text to a document's parts: elements that there are, each of the right type.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compile;
use crate::condition::Operator;
use crate::document::{Document, DocumentKind, TEXT_BYTES_MAX, Version};
use crate::json::{self, Json, Value};
use crate::malformed::Malformed;
use crate::principal::PrincipalKind;
use crate::statement::{Position, Span};

type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

pub(crate) fn document(text: &str, kind: DocumentKind) -> Result<Document, Malformed> {
    let Outline { version, id, statements } = outline(text)?;
    // What is wrong with the form of any statement is told before what is wrong with its meaning.
    let written: Vec<_> =
        statements.into_iter().map(StatementText::read).collect::<Result<_, _>>()?;
    if kind == DocumentKind::Identity && version != Version::V2012 {
        return Err(Malformed::Version);
    }
    let mut sids = BTreeSet::new();
    let mut lines = Lines::new(text);
    let mut statements = Vec::with_capacity(written.len());
    for written in written {
        if is_kept_by_iam(kind) {
            check_sid(written.sid.as_deref(), &mut sids)?;
        }
        let span = lines.span(&written.at);
        let index = statements.len();
        statements.push(Arc::new(compile::statement(written, kind, version, index, span)?));
    }
    Ok(Document { kind, version, id, statements: statements.into() })
}

fn is_kept_by_iam(kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::Identity | DocumentKind::Trust => true,
        DocumentKind::Repository | DocumentKind::Registry => false,
    }
}

fn check_sid(sid: Option<&str>, known: &mut BTreeSet<String>) -> Result<(), Malformed> {
    let Some(sid) = sid.filter(|sid| !sid.is_empty()) else { return Ok(()) };
    if !sid.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Malformed::SidNotAlphanumeric);
    }
    if known.insert(sid.to_owned()) { Ok(()) } else { Err(Malformed::SidsNotUnique) }
}

/// The document's own elements.
struct Outline<'a> {
    version: Version,
    id: Option<Arc<str>>,
    /// Not yet read.
    statements: Vec<Json<'a>>,
}

fn outline(text: &str) -> Result<Outline<'_>, Malformed> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Malformed::Syntax);
    }
    let json = json::read(text).map_err(|_| Malformed::Syntax)?;
    let (mut version, mut id, mut statements) = (Version::V2008, None, None);
    for (key, json) in object(json)? {
        match &*key {
            "Version" => {
                version = match &*string(json)? {
                    "2012-10-17" => Version::V2012,
                    "2008-10-17" => Version::V2008,
                    _ => return Err(Malformed::Syntax),
                }
            }
            "Id" => id = Some(Arc::from(&*string(json)?)),
            "Statement" => {
                statements = Some(match json.value {
                    Value::List(items) => items,
                    _ => vec![json],
                });
            }
            _ => return Err(Malformed::Syntax),
        }
    }
    match statements {
        Some(statements) if !statements.is_empty() => Ok(Outline { version, id, statements }),
        _ => Err(Malformed::Syntax),
    }
}

/// A statement's elements, each of the right type, and not yet understood.
pub(crate) struct StatementText<'a> {
    at: std::ops::Range<usize>,
    pub(crate) sid: Option<Cow<'a, str>>,
    pub(crate) effect: Cow<'a, str>,
    pub(crate) principals: Option<(Choice, PrincipalText<'a>)>,
    pub(crate) actions: Option<(Choice, Vec<Cow<'a, str>>)>,
    pub(crate) resources: Option<(Choice, Vec<Cow<'a, str>>)>,
    pub(crate) conditions: Vec<ConditionText<'a>>,
}

/// The element, or the one with `Not` in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    These,
    AllBut,
}

pub(crate) enum PrincipalText<'a> {
    /// A text alone, which can only be `*`.
    Alone(Cow<'a, str>),
    By(Vec<(PrincipalKind, Vec<Cow<'a, str>>)>),
}

pub(crate) struct ConditionText<'a> {
    pub(crate) operator: Operator,
    pub(crate) key: Cow<'a, str>,
    pub(crate) values: Vec<Cow<'a, str>>,
}

impl<'a> StatementText<'a> {
    fn read(json: Json<'a>) -> Result<Self, Malformed> {
        let at = json.at.clone();
        let (mut sid, mut effect) = (None, None);
        let (mut principals, mut actions, mut resources) = (None, None, None);
        let mut conditions = Vec::new();
        for (key, json) in object(json)? {
            match &*key {
                "Sid" => sid = Some(string(json)?),
                "Effect" => effect = Some(string(json)?),
                "Principal" => once(&mut principals, Choice::These, principal_text(json)?)?,
                "NotPrincipal" => once(&mut principals, Choice::AllBut, principal_text(json)?)?,
                "Action" => once(&mut actions, Choice::These, strings(json)?)?,
                "NotAction" => once(&mut actions, Choice::AllBut, strings(json)?)?,
                "Resource" => once(&mut resources, Choice::These, strings(json)?)?,
                "NotResource" => once(&mut resources, Choice::AllBut, strings(json)?)?,
                "Condition" => conditions = condition_texts(json)?,
                _ => return Err(Malformed::Syntax),
            }
        }
        let effect = effect.ok_or(Malformed::Syntax)?;
        Ok(Self { at, sid, effect, principals, actions, resources, conditions })
    }
}

/// Takes an element, unless its opposite is there already.
fn once<T>(slot: &mut Option<(Choice, T)>, choice: Choice, value: T) -> Result<(), Malformed> {
    if slot.is_some() {
        return Err(Malformed::Syntax);
    }
    *slot = Some((choice, value));
    Ok(())
}

fn object(json: Json<'_>) -> Result<Members<'_>, Malformed> {
    match json.value {
        Value::Object(members) => Ok(members),
        _ => Err(Malformed::Syntax),
    }
}

fn string(json: Json<'_>) -> Result<Cow<'_, str>, Malformed> {
    match json.value {
        Value::Text(text) => Ok(text),
        _ => Err(Malformed::Syntax),
    }
}

fn strings(json: Json<'_>) -> Result<Vec<Cow<'_, str>>, Malformed> {
    match json.value {
        Value::List(items) => items.into_iter().map(string).collect(),
        _ => Ok(vec![string(json)?]),
    }
}

fn principal_text(json: Json<'_>) -> Result<PrincipalText<'_>, Malformed> {
    if let Value::Text(text) = json.value {
        return Ok(PrincipalText::Alone(text));
    }
    let group = |(key, json): (Cow<'_, str>, _)| {
        Ok((PrincipalKind::of(&key).ok_or(Malformed::Syntax)?, strings(json)?))
    };
    object(json)?.into_iter().map(group).collect::<Result<_, _>>().map(PrincipalText::By)
}

fn condition_texts(json: Json<'_>) -> Result<Vec<ConditionText<'_>>, Malformed> {
    let mut found = Vec::new();
    for (name, json) in object(json)? {
        let operator = Operator::read(&name).ok_or(Malformed::Syntax)?;
        for (key, json) in object(json)? {
            let values = match json.value {
                Value::List(items) => items.into_iter().map(scalar).collect::<Result<_, _>>()?,
                _ => vec![scalar(json)?],
            };
            if values.is_empty() {
                return Err(Malformed::Syntax);
            }
            found.push(ConditionText { operator, key, values });
        }
    }
    Ok(found)
}

/// A condition's value, which may be written as a number or a boolean too.
fn scalar(json: Json<'_>) -> Result<Cow<'_, str>, Malformed> {
    match json.value {
        Value::Text(text) => Ok(text),
        Value::Number(digits) => Ok(Cow::Borrowed(digits)),
        Value::Bool(yes) => Ok(Cow::Borrowed(if yes { "true" } else { "false" })),
        Value::Null | Value::List(_) | Value::Object(_) => Err(Malformed::Syntax),
    }
}

/// Turns places in a text into lines and columns, going through it once.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    position: Position,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, position: Position { line: 1, column: 1 } }
    }

    /// Spans are asked for in the order of the text.
    fn span(&mut self, at: &std::ops::Range<usize>) -> Span {
        Span { start: self.position(at.start), end: self.position(at.end) }
    }

    fn position(&mut self, at: usize) -> Position {
        for c in self.text[self.at..at].chars() {
            if c == '\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.at = at;
        self.position
    }
}
