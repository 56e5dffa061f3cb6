//! The second pass: every known member satisfies its model.
//!
//! Runs after the first pass, so each value has the type of its shape.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::complaint::{Broken, Complaints, Constraint};
use super::path::Path;
use super::present::present;
use crate::aws::blob;
use crate::aws::schema::{Limits, Shape, Structure};

/// Breaks when the complaints want no more.
type Walked = ControlFlow<()>;

pub(super) fn check_structure(
    value: &Value,
    structure: &Structure,
    path: &Path<'_>,
    complaints: &mut Complaints,
) -> Walked {
    for member in structure.members {
        let path = Path::Member(path, member.name);
        match present(value, member.name) {
            Some(value) => check_shape(value, member.shape, &path, complaints)?,
            None if member.required => missing(&path, complaints)?,
            None => {}
        }
    }
    Walked::Continue(())
}

fn check_shape(
    value: &Value,
    shape: &Shape,
    path: &Path<'_>,
    complaints: &mut Complaints,
) -> Walked {
    let mut broken = broken_by(value, shape);
    if broken.is_empty() && holds_zero_byte(value, shape) && !complaints.allow_zero_bytes() {
        broken.push(Constraint::Pattern(NO_ZERO_BYTE));
    }
    for constraint in broken {
        let hidden = matches!(shape, Shape::Text { sensitive: true, .. } | Shape::Blob(_));
        let shown = if hidden { Broken::Hidden } else { Broken::Shown(value) };
        complaints.add(path, &shown, &constraint)?;
    }
    match (shape, value) {
        (Shape::Structure(structure), _) => check_structure(value, structure, path, complaints),
        (Shape::List(_, element), Value::Array(elements)) => {
            check_elements(elements, element, path, complaints)
        }
        (Shape::Map(_, key, entry), Value::Object(entries)) => {
            check_entries(entries, (key, entry), path, complaints)
        }
        _ => Walked::Continue(()),
    }
}

fn check_elements(
    elements: &[Value],
    shape: &Shape,
    path: &Path<'_>,
    complaints: &mut Complaints,
) -> Walked {
    for (index, element) in elements.iter().enumerate() {
        let path = Path::Element(path, index);
        if element.is_null() {
            missing(&path, complaints)?;
        } else {
            check_shape(element, shape, &path, complaints)?;
        }
    }
    Walked::Continue(())
}

/// A key is checked before it appears in the path of its value.
fn check_entries(
    entries: &Map<String, Value>,
    (key_shape, shape): (&Shape, &Shape),
    path: &Path<'_>,
    complaints: &mut Complaints,
) -> Walked {
    for (key, value) in entries {
        let key_value = Value::from(key.as_str());
        for constraint in broken_by(&key_value, key_shape) {
            let constraint = Constraint::Key(Box::new(constraint));
            complaints.add(path, &Broken::Shown(&key_value), &constraint)?;
        }
        let path = Path::Entry(path, key);
        if value.is_null() {
            missing(&path, complaints)?;
        } else {
            check_shape(value, shape, &path, complaints)?;
        }
    }
    Walked::Continue(())
}

fn missing(path: &Path<'_>, complaints: &mut Complaints) -> Walked {
    complaints.add(path, &Broken::Absent, &Constraint::NotNull)
}

/// A rule that the models of IAM and STS do not state, but that holds for all their texts: answers
/// are XML, which cannot contain a NUL byte, and rows cannot either.
const NO_ZERO_BYTE: &str = r"[^\u0000]*";

fn holds_zero_byte(value: &Value, shape: &Shape) -> bool {
    matches!((shape, value), (Shape::Text { .. }, Value::String(text)) if text.contains('\0'))
}

/// The constraints that a value itself breaks, whatever is inside it.
fn broken_by(value: &Value, shape: &Shape) -> Vec<Constraint> {
    match (shape, value) {
        (Shape::List(limits, _), Value::Array(elements)) => length(limits, elements.len()),
        (Shape::Map(limits, ..), Value::Object(entries)) => length(limits, entries.len()),
        (Shape::Integer(limits) | Shape::Long(limits), Value::Number(number)) => {
            outside(limits, number.as_i64().unwrap_or(i64::MAX), "value")
        }
        (Shape::Blob(limits), Value::String(text)) => {
            length(limits, blob::decoded_bytes(text).unwrap_or(usize::MAX))
        }
        (Shape::Text { length: limits, pattern, sensitive: _ }, Value::String(text)) => {
            let mut broken = length(limits, text.chars().count());
            let unmatched = pattern.filter(|pattern| !pattern.matches(text));
            broken.extend(unmatched.map(|pattern| Constraint::Pattern(pattern.source())));
            broken
        }
        (Shape::OneOf(words), Value::String(text)) if !words.contains(&text.as_str()) => {
            vec![Constraint::OneOf(words)]
        }
        _ => Vec::new(),
    }
}

fn length(limits: &Limits, length: usize) -> Vec<Constraint> {
    outside(limits, i64::try_from(length).unwrap_or(i64::MAX), "length")
}

/// The limit that `number`, a value or a length, is beyond.
fn outside(limits: &Limits, number: i64, what: &str) -> Vec<Constraint> {
    let sentence = match *limits {
        Limits { min: Some(min), .. } if number < min => {
            format!("Member must have {what} greater than or equal to {min}")
        }
        Limits { max: Some(max), .. } if number > max => {
            format!("Member must have {what} less than or equal to {max}")
        }
        _ => return Vec::new(),
    };
    vec![Constraint::Limit(sentence)]
}
