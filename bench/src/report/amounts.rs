//! Amounts as people read them.

use crate::workloads::Unit;

pub(super) fn text(unit: Unit, value: f64) -> String {
    match unit {
        Unit::RequestsPerSecond => format!("{value:.0} /s"),
        Unit::ImagesPerSecond => format!("{value:.1} /s"),
        Unit::BytesPerSecond => format!("{:.2} GB/s", value / 1e9),
        Unit::Milliseconds => format!("{value:.2} ms"),
        Unit::Bytes => format!("{:.1} MB", value / 1e6),
        Unit::Ratio => format!("{value:.4}"),
    }
}

/// The unit that a cost relates to.
pub(super) fn cost_of(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::RequestsPerSecond | Unit::Milliseconds => Some("1,000 requests"),
        Unit::ImagesPerSecond => Some("1,000 images"),
        Unit::BytesPerSecond => Some("GB"),
        Unit::Bytes | Unit::Ratio => None,
    }
}
