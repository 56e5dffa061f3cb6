//! Cells as JSON: numbers and texts are themselves, bytes are `{"b": "base64"}`.
//!
//! Reading takes no more memory than the cells of one row: a malformed cell is refused where it
//! begins.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use db::Cell;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

pub(super) fn to_json(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Int(number) => Value::from(*number),
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Bytes(bytes) => serde_json::json!({ "b": BASE64_STANDARD.encode(bytes) }),
    }
}

/// The cells of a line, if it is a row of so many.
pub(super) fn read_row(line: &str, columns: usize) -> Option<Vec<Cell>> {
    let mut json = serde_json::Deserializer::from_str(line);
    let cells = json.deserialize_seq(Row { columns }).ok()?;
    json.end().ok()?;
    Some(cells)
}

struct Row {
    columns: usize,
}

impl<'de> Visitor<'de> for Row {
    type Value = Vec<Cell>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {} cells", self.columns)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut row: A) -> Result<Self::Value, A::Error> {
        let mut cells = Vec::new();
        while cells.len() < self.columns {
            let Some(ReadCell(cell)) = row.next_element()? else {
                return Err(A::Error::invalid_length(cells.len(), &self));
            };
            cells.push(cell);
        }
        match row.next_element::<IgnoredAny>()? {
            None => Ok(cells),
            Some(_) => Err(A::Error::invalid_length(cells.len() + 1, &self)),
        }
    }
}

struct ReadCell(Cell);

impl<'de> Deserialize<'de> for ReadCell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneCell).map(Self)
    }
}

struct OneCell;

impl<'de> Visitor<'de> for OneCell {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, a whole number, a text, or bytes")
    }

    fn visit_unit<E: Error>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Cell, E> {
        i64::try_from(number).map(Cell::Int).map_err(E::custom)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Cell, A::Error> {
        let Some(("b", text)) = fields.next_entry::<&str, &str>()? else {
            return Err(A::Error::custom("bytes are in the field b"));
        };
        let bytes = BASE64_STANDARD.decode(text).map_err(A::Error::custom)?;
        match fields.next_key::<&str>()? {
            None => Ok(Cell::Bytes(bytes)),
            Some(_) => Err(A::Error::custom("bytes have one field")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back() {
        let row = vec![
            Cell::Text("\u{1f6a2}\n\"a\"".to_owned()),
            Cell::Int(i64::MIN),
            Cell::Int(i64::MAX),
            Cell::Null,
            Cell::Bytes(vec![0, 255]),
            Cell::Bytes(Vec::new()),
        ];
        let line = Value::Array(row.iter().map(to_json).collect()).to_string();
        assert_eq!(read_row(&line, row.len()), Some(row));
    }

    #[test]
    fn rows_that_are_refused() {
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let wide = format!("[1,{}1]", "1,".repeat(100_000));
        #[rustfmt::skip]
        let cases = [
            ("",                        "nothing"),
            ("[1",                      "cut"),
            ("[1]",                     "too few"),
            ("[1,2,3]",                 "too many"),
            ("[1,2] [3,4]",             "two rows"),
            ("{\"0\":1,\"1\":2}",       "no row"),
            ("[1,true]",                "no cell"),
            ("[1,1.5]",                 "no whole number"),
            ("[1,9223372036854775808]", "out of range"),
            ("[1,[2]]",                 "a row in a row"),
            ("[1,{}]",                  "no bytes"),
            ("[1,{\"c\":\"AA==\"}]",    "another field"),
            ("[1,{\"b\":\"AA==\",\"b\":\"AA==\"}]", "two fields"),
            ("[1,{\"b\":\"%%\"}]",      "no base64"),
            ("[1,{\"b\":1}]",           "no text"),
            ("[1,\"\\ud800\"]",         "half a character"),
            (&deep,                     "deep"),
            (&wide,                     "wide"),
        ];
        for (line, because) in cases {
            assert_eq!(read_row(line, 2), None, "{because}");
        }
    }
}
