//! The elements of a statement: present and of the right type, but not interpreted yet.

use std::borrow::Cow;
use std::ops::Range;

use crate::iam::condition::Operator;
use crate::iam::malformed::Malformed;
use crate::iam::principal::PrincipalKind;
use crate::json::{Json, Value};

type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// A statement's elements, each of the right type, and not yet understood.
pub(crate) struct StatementText<'a> {
    pub(crate) at: Range<usize>,
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
    /// A text, which can only be `*`.
    Alone(Cow<'a, str>),
    By(Vec<(PrincipalKind, Vec<Cow<'a, str>>)>),
}

pub(crate) struct ConditionText<'a> {
    pub(crate) operator: Operator,
    pub(crate) key: Cow<'a, str>,
    pub(crate) values: Vec<Cow<'a, str>>,
}

impl<'a> StatementText<'a> {
    pub(crate) fn read(json: Json<'a>) -> Result<Self, Malformed> {
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

/// Sets an element, unless its opposite is already set.
fn once<T>(slot: &mut Option<(Choice, T)>, choice: Choice, value: T) -> Result<(), Malformed> {
    if slot.is_some() {
        return Err(Malformed::Syntax);
    }
    *slot = Some((choice, value));
    Ok(())
}

pub(crate) fn object(json: Json<'_>) -> Result<Members<'_>, Malformed> {
    match json.value {
        Value::Object(members) => Ok(members),
        _ => Err(Malformed::Syntax),
    }
}

pub(crate) fn string(json: Json<'_>) -> Result<Cow<'_, str>, Malformed> {
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

/// A condition's value, which may also be written as a number or a boolean.
fn scalar(json: Json<'_>) -> Result<Cow<'_, str>, Malformed> {
    match json.value {
        Value::Text(text) => Ok(text),
        Value::Number(digits) => Ok(Cow::Borrowed(digits)),
        Value::Bool(yes) => Ok(Cow::Borrowed(if yes { "true" } else { "false" })),
        Value::Null | Value::List(_) | Value::Object(_) => Err(Malformed::Syntax),
    }
}
