//! Times as CloudTrail writes them.

use names::Timestamp;

const OUT_OF_RANGE: &str = "a moment out of range";

/// `2026-11-30T04:10:02Z`.
pub(super) fn to_the_second(moment: Timestamp) -> String {
    let seconds = jiff::Timestamp::from_second(moment.as_seconds());
    seconds.map_or_else(|_| OUT_OF_RANGE.to_owned(), |seconds| seconds.to_string())
}

/// `Nov 30, 2026 4:10:02 AM`: so inside of answers.
pub(super) fn in_words(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and jiff refuses")]
    let seconds = jiff::Timestamp::from_second(seconds as i64);
    seconds.map_or_else(
        |_| OUT_OF_RANGE.to_owned(),
        |seconds| seconds.strftime("%b %-d, %Y %-I:%M:%S %p").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_two_ways() {
        assert_eq!(to_the_second(Timestamp::from_micros(1_500_999)), "1970-01-01T00:00:01Z");
        assert_eq!(in_words(1_531_347_464.0), "Jul 11, 2018 10:17:44 PM");
        assert_eq!(in_words(f64::INFINITY), OUT_OF_RANGE);
    }
}
