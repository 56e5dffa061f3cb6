//! Amounts as people read them.

use crate::workloads::Unit;

pub(super) fn text(unit: Unit, value: f64) -> String {
    match unit {
        Unit::RequestsPerSecond => format!("{value:.0} /s"),
        Unit::ImagesPerSecond { .. } => format!("{value:.1} /s"),
        Unit::BytesPerSecond => format!("{:.2} GB/s", value / 1e9),
        Unit::Milliseconds => format!("{value:.2} ms"),
        Unit::Bytes => format!("{:.1} MB", value / 1e6),
        Unit::Ratio => format!("{value:.4}"),
    }
}

/// A unit's name for programs.
pub(super) fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::RequestsPerSecond => "requests-per-second",
        Unit::ImagesPerSecond { .. } => "images-per-second",
        Unit::BytesPerSecond => "bytes-per-second",
        Unit::Milliseconds => "milliseconds",
        Unit::Bytes => "bytes",
        Unit::Ratio => "ratio",
    }
}
