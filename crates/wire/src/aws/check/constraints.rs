//! The second pass: every known member satisfies its model.
//!
//! Runs after the first pass, so each value has the type of its shape.

use serde_json::{Map, Value};

use super::input::present;
use super::path::Path;
use crate::aws::blob;
use crate::aws::ecr;
use crate::aws::quirks;
use crate::aws::refusal::WireRefusal;
use crate::aws::schema::{Limits, Shape, Structure};

type Checked = Result<(), WireRefusal>;

/// The refusal of a member that breaks `constraint`, in the words of ECR and ECR Public.
pub fn invalid_parameter(path: &str, constraint: &str) -> WireRefusal {
    WireRefusal::new(
        ecr::Exception::InvalidParameter,
        format!("Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'"),
    )
}

pub(super) fn check_structure(value: &Value, structure: &Structure, path: &Path<'_>) -> Checked {
    for member in structure.members {
        let path = Path::Member(path, member.name);
        match present(value, member.name) {
            Some(value) => check_shape(value, member.shape, &path)?,
            None if member.required => return missing(&path),
            None => {}
        }
    }
    Ok(())
}

fn check_shape(value: &Value, shape: &Shape, path: &Path<'_>) -> Checked {
    match (shape, value) {
        (Shape::Structure(structure), _) => check_structure(value, structure, path),
        (Shape::List(length, element), Value::Array(elements)) => {
            within(length, elements.len(), path)?;
            check_elements(elements, element, path)
        }
        (Shape::Map(length, key, entry), Value::Object(entries)) => {
            within(length, entries.len(), path)?;
            check_entries(entries, key, entry, path)
        }
        (Shape::Integer(limits) | Shape::Long(limits), Value::Number(number)) => {
            outside(limits, number.as_i64().unwrap_or(i64::MAX), "value")
                .map_or(Ok(()), |constraint| refuse(path, &constraint))
        }
        (Shape::Blob(length), Value::String(text)) => {
            within(length, blob::decoded_bytes(text).unwrap_or(usize::MAX), path)
        }
        (_, Value::String(text)) => {
            broken_by(text, shape).map_or(Ok(()), |constraint| refuse(path, &constraint))
        }
        _ => Ok(()),
    }
}

fn check_elements(elements: &[Value], shape: &Shape, path: &Path<'_>) -> Checked {
    for (index, element) in elements.iter().enumerate() {
        let path = Path::Element(path, index);
        if element.is_null() {
            return missing(&path);
        }
        check_shape(element, shape, &path)?;
    }
    Ok(())
}

/// A key is checked before it appears in the path of its value.
fn check_entries(
    entries: &Map<String, Value>,
    key_shape: &Shape,
    shape: &Shape,
    path: &Path<'_>,
) -> Checked {
    for (key, value) in entries {
        if let Some(constraint) = broken_by(key, key_shape) {
            return refuse(path, &format!("Map keys must satisfy constraint: [{constraint}]"));
        }
        let path = Path::Entry(path, key);
        if value.is_null() {
            return missing(&path);
        }
        check_shape(value, shape, &path)?;
    }
    Ok(())
}

/// The first constraint that a text breaks.
fn broken_by(text: &str, shape: &Shape) -> Option<String> {
    match shape {
        Shape::Text { length, pattern } => {
            let characters = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            outside(length, characters, "length").or_else(|| {
                let pattern = pattern.filter(|pattern| !pattern.matches(text))?;
                Some(quirks::pattern_constraint(pattern.source()))
            })
        }
        Shape::OneOf(words) if !words.contains(&text) => Some(quirks::word_constraint(words)),
        _ => None,
    }
}

fn within(limits: &Limits, length: usize, path: &Path<'_>) -> Checked {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    outside(limits, length, "length").map_or(Ok(()), |constraint| refuse(path, &constraint))
}

/// The limit that `number`, a value or a length, is beyond.
fn outside(limits: &Limits, number: i64, what: &str) -> Option<String> {
    match *limits {
        Limits { min: Some(min), .. } if number < min => {
            Some(format!("Member must have {what} greater than or equal to {min}"))
        }
        Limits { max: Some(max), .. } if number > max => {
            Some(format!("Member must have {what} less than or equal to {max}"))
        }
        _ => None,
    }
}

fn missing(path: &Path<'_>) -> Checked {
    refuse(path, "Member must not be null")
}

fn refuse(path: &Path<'_>, constraint: &str) -> Checked {
    Err(invalid_parameter(&path.to_string(), constraint))
}
