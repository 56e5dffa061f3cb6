//! Times in XML: `2026-11-21T14:45:26Z`, to the second, as IAM and STS print them.

use jiff::Timestamp;
use serde::Serializer;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
pub(crate) fn serialize<S: Serializer>(seconds: &f64, target: S) -> Result<S::Ok, S::Error> {
    target.serialize_str(&text(*seconds))
}

/// The same, for an optional member; an absent one is left out before this is called.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
pub(crate) fn serialize_optional<S: Serializer>(
    seconds: &Option<f64>,
    target: S,
) -> Result<S::Ok, S::Error> {
    match seconds {
        Some(seconds) => serialize(seconds, target),
        None => target.serialize_none(),
    }
}

/// Whole seconds since 1970 as a date and a time in UTC; beyond the calendar, its first or last.
fn text(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "the fraction is what is to go")]
    let whole = seconds.floor() as i64;
    let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    let time = Timestamp::from_second(whole.clamp(first, last));
    time.expect("a time within the calendar").to_string()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn times_are_printed_to_the_second() {
        #[rustfmt::skip]
        let cases = [
            (1_795_272_326.0,   "2026-11-21T14:45:26Z", "a whole second"),
            (1_795_272_326.999, "2026-11-21T14:45:26Z", "the fraction goes"),
            (0.0,               "1970-01-01T00:00:00Z", "the first"),
            (-0.5,              "1969-12-31T23:59:59Z", "before the first"),
            (f64::MAX,          "9999-12-30T22:00:00Z", "beyond the calendar"),
        ];
        for (seconds, expected, because) in cases {
            assert_eq!(text(seconds), expected, "{because}");
        }
    }
}
