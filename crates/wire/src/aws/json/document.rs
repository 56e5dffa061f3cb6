//! Untrusted JSON, within bounds.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Number, Value};

use crate::aws::exception::FrontDoor;
use crate::aws::refusal::WireRefusal;

/// How deep a document may nest. The deepest input of a model nests seven levels.
pub const DEPTH_MAX: usize = 32;

/// How many values a document may hold. The largest input of a model holds some fifteen thousand:
/// 25 replication rules with 100 destinations and 100 filters each, of two members.
pub const VALUES_MAX: usize = 20_000;

/// Reads a body. An empty one counts as `{}`; of two members with one name the last counts.
pub fn parse(body: &[u8]) -> Result<Value, WireRefusal> {
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let values_left = Cell::new(VALUES_MAX);
    let mut source = serde_json::Deserializer::from_slice(body);
    Bounded { depth_left: DEPTH_MAX, values_left: &values_left }
        .deserialize(&mut source)
        .and_then(|document| source.end().map(|()| document))
        .map_err(|error| refusal(&error))
}

fn refusal(error: &serde_json::Error) -> WireRefusal {
    let text = match error.classify() {
        Category::Data => "The request body nests too deeply or holds too many values",
        Category::Syntax | Category::Eof | Category::Io => "The request body is not valid JSON",
    };
    WireRefusal::new(FrontDoor::Serialization, text)
}

/// What may still be read.
#[derive(Clone, Copy)]
struct Bounded<'a> {
    depth_left: usize,
    values_left: &'a Cell<usize>,
}

impl Bounded<'_> {
    /// The same, one level down.
    fn inside<E: Error>(self) -> Result<Self, E> {
        let depth_left = self.depth_left.checked_sub(1);
        depth_left
            .map(|depth_left| Self { depth_left, ..self })
            .ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        let left = self.values_left.get().checked_sub(1);
        self.values_left.set(left.ok_or_else(|| D::Error::custom("too many values"))?);
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element_seed(inside)? {
            elements.push(element);
        }
        Ok(elements.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            members.insert(name, map.next_value_seed(inside)?);
        }
        Ok(members.into())
    }
}
