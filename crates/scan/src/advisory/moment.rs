//! Moments, written as microseconds since 1970, as rows have them.

use jiff::Timestamp as Parsed;
use names::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads `2024-01-31T12:00:00Z`, also with a fraction.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let moment: Parsed = text.trim().parse().ok()?;
    Some(Timestamp::from_micros(moment.as_microsecond()))
}

/// The same; one without an offset is of UTC.
pub(crate) fn parse_utc(text: &str) -> Option<Timestamp> {
    parse(text).or_else(|| parse(&format!("{}Z", text.trim())))
}

#[expect(clippy::ref_option, reason = "the form that serde asks for")]
pub(crate) fn serialize<S: Serializer>(
    moment: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    moment.map(Timestamp::as_micros).serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<i64>::deserialize(deserializer)?.map(Timestamp::from_micros))
}
