//! The first pass: every known member has the JSON type of its shape.

use serde_json::{Number, Value};

use super::present::present;
use crate::aws::blob;
use crate::aws::exception::FrontDoor;
use crate::aws::refusal::WireRefusal;
use crate::aws::schema::{Shape, Structure};

type Checked = Result<(), WireRefusal>;

pub(super) fn check_structure(value: &Value, structure: &Structure) -> Checked {
    if !value.is_object() {
        return Err(not_a_structure(value));
    }
    structure
        .members
        .iter()
        .filter_map(|member| Some((present(value, member.name)?, member.shape)))
        .try_for_each(|(value, shape)| check_shape(value, shape))
}

fn check_shape(value: &Value, shape: &Shape) -> Checked {
    match shape {
        Shape::Structure(structure) => check_structure(value, structure),
        Shape::List(_, element) => match value {
            Value::Array(elements) => check_each(elements.iter(), element),
            _ => Err(not_a_list(value)),
        },
        Shape::Map(_, _, entry) => match value {
            Value::Object(entries) => check_each(entries.values(), entry),
            _ => Err(not_a_structure(value)),
        },
        Shape::Boolean => scalar(value.is_boolean(), value, "a Boolean"),
        Shape::Integer(_) => scalar(is_integer(value), value, "an Integer"),
        Shape::Long(_) => scalar(value.is_i64(), value, "a Long"),
        Shape::Double => scalar(value.is_number(), value, "a Double"),
        Shape::Timestamp => scalar(value.is_number(), value, "milliseconds since epoch"),
        Shape::Text { .. } | Shape::OneOf(_) => scalar(value.is_string(), value, "a String"),
        Shape::Blob(_) => scalar(is_base64(value), value, "a Blob"),
    }
}

/// A `null` is left to the second pass, which calls it a missing member.
fn check_each<'a>(values: impl Iterator<Item = &'a Value>, shape: &Shape) -> Checked {
    values.filter(|value| !value.is_null()).try_for_each(|value| check_shape(value, shape))
}

fn is_integer(value: &Value) -> bool {
    value.as_number().and_then(Number::as_i64).is_some_and(|number| i32::try_from(number).is_ok())
}

fn is_base64(value: &Value) -> bool {
    value.as_str().is_some_and(|text| blob::decoded_bytes(text).is_some())
}

fn scalar(fits: bool, value: &Value, wanted: &str) -> Checked {
    let token = match value {
        _ if fits => return Ok(()),
        Value::Object(_) => return Err(start_of_structure()),
        Value::Array(_) => return Err(start_of_list()),
        Value::Null => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
    };
    Err(refusal(format!("{token} can not be converted to {wanted}")))
}

fn not_a_structure(value: &Value) -> WireRefusal {
    if value.is_array() { start_of_list() } else { refusal("Unexpected field type") }
}

fn not_a_list(value: &Value) -> WireRefusal {
    if value.is_object() { start_of_structure() } else { refusal("Unexpected field type") }
}

fn start_of_structure() -> WireRefusal {
    refusal("Start of structure or map found where not expected.")
}

fn start_of_list() -> WireRefusal {
    refusal("Start of list found where not expected")
}

fn refusal(text: impl Into<String>) -> WireRefusal {
    WireRefusal::new(FrontDoor::Serialization, text)
}
