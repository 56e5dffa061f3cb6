//! Turns the pairs of a form into the document that its model describes.
//!
//! `Tags.member.2.Key=a` is the member `Key` of the second element of the list `Tags`;
//! `Map.entry.1.key=a` and `Map.entry.1.value=b` are an entry of a map. Elements are taken in the
//! order of their numbers; numbers may be left out. Members that the model does not know are
//! ignored.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde_json::{Map, Value};

use super::refusal::refusal;
use crate::aws::blob;
use crate::aws::refusal::WireRefusal;
use crate::aws::schema::{Shape, Structure};

type Pairs<'a> = BTreeMap<Cow<'a, str>, Cow<'a, str>>;

/// The pairs beneath one name.
pub(super) struct Parameters<'a> {
    pairs: &'a Pairs<'a>,
    /// The start of their names: nothing, or a name and a dot.
    prefix: String,
}

impl<'a> Parameters<'a> {
    pub(super) fn of(pairs: &'a Pairs<'a>) -> Self {
        Self { pairs, prefix: String::new() }
    }

    /// A structure with the members that the form gives.
    pub(super) fn structure(&self, structure: &Structure) -> Result<Value, WireRefusal> {
        let mut members = Map::new();
        for member in structure.members {
            if let Some(value) = self.member(member.name, member.shape)? {
                members.insert(member.name.to_owned(), value);
            }
        }
        Ok(members.into())
    }

    fn member(&self, name: &str, shape: &Shape) -> Result<Option<Value>, WireRefusal> {
        let at = format!("{}{name}", self.prefix);
        let scalar = self.pairs.get(at.as_str()).map(AsRef::as_ref);
        let beneath = Self { pairs: self.pairs, prefix: at + "." };
        match shape {
            Shape::Structure(structure) if !beneath.is_empty() => {
                beneath.structure(structure).map(Some)
            }
            Shape::List(_, element) if !beneath.is_empty() => beneath.list(element).map(Some),
            Shape::Map(_, _, value) if !beneath.is_empty() => beneath.map(value).map(Some),
            // Clients write an empty value as a name without a value.
            Shape::List(..) => none_of(scalar, || Value::Array(Vec::new())),
            Shape::Structure(_) | Shape::Map(..) => none_of(scalar, || Value::Object(Map::new())),
            _ if scalar.is_none() && !beneath.is_empty() => {
                Err(refusal("Start of structure or map found where not expected."))
            }
            _ => scalar.map(|text| read_scalar(text, shape)).transpose(),
        }
    }

    fn list(&self, element: &Shape) -> Result<Value, WireRefusal> {
        let members = Self { pairs: self.pairs, prefix: format!("{}member.", self.prefix) };
        let elements = members
            .numbers()?
            .into_iter()
            .filter_map(|number| members.member(number, element).transpose());
        elements.collect::<Result<Vec<_>, _>>().map(Value::Array)
    }

    fn map(&self, value: &Shape) -> Result<Value, WireRefusal> {
        let entries = Self { pairs: self.pairs, prefix: format!("{}entry.", self.prefix) };
        let mut map = Map::new();
        for number in entries.numbers()? {
            let entry = Self { pairs: self.pairs, prefix: format!("{}{number}.", entries.prefix) };
            let key = self.pairs.get(format!("{}key", entry.prefix).as_str());
            let key = key.ok_or_else(|| refusal("An entry of a map has no key"))?;
            let value = entry.member("value", value)?.unwrap_or(Value::Null);
            map.insert(key.to_string(), value);
        }
        Ok(map.into())
    }

    /// The pairs, with the rest of their names after the prefix.
    fn rests(&self) -> impl Iterator<Item = &'a str> {
        let from =
            self.pairs.range::<str, _>((Bound::Included(self.prefix.as_str()), Bound::Unbounded));
        from.map_while(|(name, _)| name.strip_prefix(self.prefix.as_str()))
    }

    fn is_empty(&self) -> bool {
        self.rests().next().is_none()
    }

    /// The numbers that follow the prefix, as they are written, in their order.
    fn numbers(&self) -> Result<Vec<&'a str>, WireRefusal> {
        let written: BTreeSet<&str> =
            self.rests().map(|rest| rest.split('.').next().unwrap_or(rest)).collect();
        let number = |text: &'a str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<u32>().ok()).flatten().map(|number| (number, text))
        };
        let numbered: Option<Vec<(u32, &str)>> = written.into_iter().map(number).collect();
        let mut numbered =
            numbered.ok_or_else(|| refusal("Key of a list element is not a number"))?;
        numbered.sort_unstable();
        Ok(numbered.into_iter().map(|(_, text)| text).collect())
    }
}

fn none_of(
    scalar: Option<&str>,
    empty: impl FnOnce() -> Value,
) -> Result<Option<Value>, WireRefusal> {
    match scalar {
        None => Ok(None),
        Some("") => Ok(Some(empty())),
        Some(_) => Err(refusal("Unexpected field type")),
    }
}

/// A text as the value that its shape calls for.
fn read_scalar(text: &str, shape: &Shape) -> Result<Value, WireRefusal> {
    let whole = || text.parse::<i64>().ok();
    let fraction = || text.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
    let (value, wanted) = match shape {
        Shape::Boolean => (boolean(text).map(Value::from), "a Boolean"),
        Shape::Integer(_) => {
            let fits = |number: &i64| i32::try_from(*number).is_ok();
            (whole().filter(fits).map(Value::from), "an Integer")
        }
        Shape::Long(_) => (whole().map(Value::from), "a Long"),
        Shape::Double => (fraction().map(Value::from), "a Double"),
        Shape::Timestamp => {
            let time = text.parse::<jiff::Timestamp>().ok();
            (time.map(|time| time.as_second().into()), "a Timestamp")
        }
        Shape::Blob(_) => (blob::decoded_bytes(text).map(|_| text.into()), "a Blob"),
        Shape::Text { .. } | Shape::OneOf(_) => (Some(text.into()), "a String"),
        Shape::List(..) | Shape::Map(..) | Shape::Structure(_) => (None, "a Structure"),
    };
    value.ok_or_else(|| refusal(&format!("STRING_VALUE can not be converted to {wanted}")))
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}
