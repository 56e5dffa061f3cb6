//! Whether Longshore reaches what it must.

use std::collections::BTreeMap;

use super::amounts;
use super::samples::{Median, Row};
use crate::peers::Who;
use crate::workloads::{Floor, Unit};

/// One floor, compared with the measurement.
pub(super) struct Verdict {
    pub(super) measured: String,
    pub(super) floor: String,
    pub(super) holds: Option<bool>,
}

/// Whether no floor was missed. One that could not be measured was not held.
pub(crate) fn all_hold(rows: &[Row]) -> bool {
    rows.iter()
        .flat_map(|row| row.series.floors.iter().map(|&floor| verdict(row, floor)))
        .all(|verdict| verdict.holds == Some(true))
}

pub(super) fn verdict(row: &Row, floor: Floor) -> Verdict {
    let unit = row.series.unit;
    match floor {
        Floor::Times { subject, times, of } => {
            let ratio = ratio(&row.medians, unit, subject, of);
            Verdict {
                measured: format!("{} ÷ {}: {}", subject.name(), of.name(), times_text(ratio)),
                floor: format!("{times} ×"),
                holds: ratio.map(|ratio| ratio >= times),
            }
        }
        Floor::AtMost { subject, value } => {
            let median = row.medians.get(&subject).map(|median| median.value);
            let text = median.map_or_else(|| "–".to_owned(), |value| amounts::text(unit, value));
            Verdict {
                measured: format!("{}: {text}", subject.name()),
                floor: format!("at most {}", amounts::text(unit, value)),
                holds: median.map(|median| median <= value),
            }
        }
    }
}

/// How many times better `subject` is than `other`.
pub(super) fn ratio(
    medians: &BTreeMap<Who, Median>,
    unit: Unit,
    subject: Who,
    other: Who,
) -> Option<f64> {
    let (subject, other) = (medians.get(&subject)?.value, medians.get(&other)?.value);
    Some(if unit.more_is_better() { subject / other } else { other / subject })
}

pub(super) fn times_text(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2} ×"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::Series;

    static FASTER: [Floor; 1] =
        [Floor::Times { subject: Who::Longshore, times: 2.0, of: Who::Nginx }];
    static SMALL: [Floor; 1] = [Floor::AtMost { subject: Who::Longshore, value: 5.0 }];
    static RATE: Series =
        Series { name: "rate", title: "a rate", unit: Unit::RequestsPerSecond, floors: &FASTER };
    static TIME: Series =
        Series { name: "time", title: "a time", unit: Unit::Milliseconds, floors: &SMALL };

    fn row(series: &'static Series, values: &[(Who, f64)]) -> Row {
        let median = |value| Median {
            value,
            p99_milliseconds: 0.0,
            server_cpu_seconds: 0.0,
            generator_cpu_seconds: 0.0,
            rounds: 1,
        };
        let medians = values.iter().map(|&(who, value)| (who, median(value))).collect();
        Row { series, medians }
    }

    #[test]
    fn floors_hold_when_they_are_reached() {
        #[rustfmt::skip]
        let cases = [
            // row                                                           holds        because
            (row(&RATE, &[(Who::Longshore, 20.0), (Who::Nginx, 10.0)]),      Some(true),  "exactly twice"),
            (row(&RATE, &[(Who::Longshore, 19.0), (Who::Nginx, 10.0)]),      Some(false), "a little less"),
            (row(&RATE, &[(Who::Nginx, 10.0)]),                              None,        "nothing to compare"),
            (row(&TIME, &[(Who::Longshore, 4.0)]),                           Some(true),  "below"),
            (row(&TIME, &[(Who::Longshore, 6.0)]),                           Some(false), "above"),
        ];
        for (row, holds, because) in cases {
            assert_eq!(verdict(&row, row.series.floors[0]).holds, holds, "{because}");
            assert_eq!(all_hold(&[row]), holds == Some(true), "{because}");
        }
    }
}
