//! Times of CloudTrail's JSON: seconds since 1970.

use names::Timestamp;

/// Seconds since 1970, as a moment; one that is out of range is the last of its side.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
pub(in crate::doors::aws) fn moment(seconds: f64) -> Timestamp {
    Timestamp::from_micros((seconds * 1e6) as i64)
}

/// A moment, to the second.
pub(in crate::doors::aws) fn seconds(moment: Timestamp) -> f64 {
    Timestamp::from_seconds(moment.as_seconds()).as_epoch_seconds()
}
