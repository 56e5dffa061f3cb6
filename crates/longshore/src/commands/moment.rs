use serde_json::Value;

/// Seconds since 1970 as a date and a time in UTC.
pub(super) fn moment(value: &Value) -> String {
    let Some(seconds) = value.as_f64() else { return String::new() };
    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is not told")]
    let moment = jiff::Timestamp::from_second(seconds as i64);
    moment.map_or_else(|_| String::new(), |moment| moment.to_string())
}
