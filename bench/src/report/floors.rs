//! Whether Longshore reaches what it must.

use std::collections::BTreeMap;

use serde::Serialize;

use super::amounts;
use super::samples::{Median, Row};
use super::terms::Terms;
use crate::medium::Medium;
use crate::peers::Who;
use crate::workloads::{Floor, Unit};

/// One floor, compared with the measurement.
pub(super) struct Verdict {
    pub(super) measured: String,
    /// How near that is to the machine's limit.
    pub(super) of_limit: String,
    pub(super) floor: String,
    pub(super) outcome: Outcome,
}

/// What became of a floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    Holds,
    Missed,
    NotMeasured,
    /// It is judged where memory is the disk.
    OnMemoryAlone,
    /// The peer's binary was not named.
    Skipped,
}

/// Whether no floor was missed. One that could not be measured was not held.
pub(super) fn all_hold(rows: &[Row], terms: &Terms) -> bool {
    rows.iter()
        .flat_map(|row| {
            row.series.floors.iter().map(move |floor| verdict(row, floor, terms).outcome)
        })
        .all(|outcome| !matches!(outcome, Outcome::Missed | Outcome::NotMeasured))
}

pub(super) fn verdict(row: &Row, floor: &Floor, terms: &Terms) -> Verdict {
    let unit = row.series.unit;
    match *floor {
        Floor::Times { subject, times, of } => {
            let ratio = ratio(&row.medians, unit, subject, of);
            let judged = judged(ratio.map(|ratio| ratio >= times));
            Verdict {
                measured: format!("{} ÷ {}: {}", subject.name(), of.name(), times_text(ratio)),
                of_limit: limit_text(row, subject),
                floor: format!("{times} ×"),
                outcome: if terms.lacks(of) { Outcome::Skipped } else { judged },
            }
        }
        Floor::AtMost { subject, value } => {
            let median = row.medians.get(&subject).map(|median| median.value);
            let text = median.map_or_else(|| "–".to_owned(), |value| amounts::text(unit, value));
            Verdict {
                measured: format!("{}: {text}", subject.name()),
                of_limit: "–".to_owned(),
                floor: format!("at most {}", amounts::text(unit, value)),
                outcome: judged(median.map(|median| median <= value)),
            }
        }
        Floor::OnMemory(floor) => {
            let verdict = verdict(row, floor, terms);
            match terms.medium {
                Medium::Memory => verdict,
                Medium::Disk => Verdict { outcome: Outcome::OnMemoryAlone, ..verdict },
            }
        }
    }
}

fn judged(holds: Option<bool>) -> Outcome {
    match holds {
        Some(true) => Outcome::Holds,
        Some(false) => Outcome::Missed,
        None => Outcome::NotMeasured,
    }
}

/// The ratio to what shows the limit of this work: the limit program, or else nginx.
pub(super) fn of_limit(row: &Row, subject: Who) -> Option<(Who, f64)> {
    [Who::Limit, Who::Nginx]
        .into_iter()
        .find_map(|limit| Some((limit, ratio(&row.medians, row.series.unit, subject, limit)?)))
}

fn limit_text(row: &Row, subject: Who) -> String {
    let text = |(limit, ratio): (Who, f64)| format!("{ratio:.2} × {}", limit.name());
    of_limit(row, subject).map_or_else(|| "–".to_owned(), text)
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

    const TWICE: Floor = Floor::Times { subject: Who::Longshore, times: 2.0, of: Who::Nginx };
    static FASTER: [Floor; 1] = [TWICE];
    static IN_MEMORY: [Floor; 1] = [Floor::OnMemory(&TWICE)];
    static THAN_ZOT: [Floor; 1] =
        [Floor::Times { subject: Who::Longshore, times: 2.0, of: Who::Zot }];
    static SMALL: [Floor; 1] = [Floor::AtMost { subject: Who::Longshore, value: 5.0 }];
    static RATE: Series = rate(&FASTER);
    static RATE_IN_MEMORY: Series = rate(&IN_MEMORY);
    static RATE_TO_ZOT: Series = rate(&THAN_ZOT);
    static TIME: Series =
        Series { name: "time", title: "a time", unit: Unit::Milliseconds, floors: &SMALL };

    const fn rate(floors: &'static [Floor]) -> Series {
        Series { name: "rate", title: "a rate", unit: Unit::RequestsPerSecond, floors }
    }

    fn row(series: &'static Series, values: &[(Who, f64)]) -> Row {
        let medians = values.iter().map(|&(who, value)| (who, Median::of(value))).collect();
        Row { series, medians }
    }

    #[test]
    fn floors_hold_when_they_are_reached() {
        use Outcome::{Holds, Missed, NotMeasured, OnMemoryAlone, Skipped};
        let [disk, memory] = [Medium::Disk, Medium::Memory]
            .map(|medium| Terms { medium, line_up: vec![Who::Longshore, Who::Nginx] });
        let with_zot = Terms { medium: Medium::Disk, line_up: vec![Who::Longshore, Who::Zot] };
        let to_nginx = |series, value| row(series, &[(Who::Longshore, value), (Who::Nginx, 10.0)]);
        #[rustfmt::skip]
        let cases = [
            // row                                         terms      outcome        because
            (to_nginx(&RATE, 20.0),                        &disk,     Holds,         "exactly twice"),
            (to_nginx(&RATE, 19.0),                        &disk,     Missed,        "a little less"),
            (to_nginx(&RATE, 19.0),                        &memory,   Missed,        "there too"),
            (row(&RATE, &[(Who::Nginx, 10.0)]),            &disk,     NotMeasured,   "nothing to compare"),
            (to_nginx(&RATE_IN_MEMORY, 19.0),              &disk,     OnMemoryAlone, "a disk is no judge"),
            (to_nginx(&RATE_IN_MEMORY, 19.0),              &memory,   Missed,        "a little less"),
            (row(&RATE_TO_ZOT, &[(Who::Longshore, 1.0)]),  &disk,     Skipped,       "no binary is named"),
            (row(&RATE_TO_ZOT, &[(Who::Longshore, 1.0)]),  &with_zot, NotMeasured,   "zot failed"),
            (row(&TIME, &[(Who::Longshore, 4.0)]),         &disk,     Holds,         "below"),
            (row(&TIME, &[(Who::Longshore, 6.0)]),         &disk,     Missed,        "above"),
        ];
        for (row, terms, outcome, because) in cases {
            assert_eq!(verdict(&row, &row.series.floors[0], terms).outcome, outcome, "{because}");
            let held = !matches!(outcome, Missed | NotMeasured);
            assert_eq!(all_hold(&[row], terms), held, "{because}");
        }
    }

    #[test]
    fn the_limit_is_that_of_the_program_or_else_nginxs() {
        let all = [(Who::Longshore, 5.0), (Who::Nginx, 10.0), (Who::Limit, 20.0)];
        #[rustfmt::skip]
        let cases = [
            (&all[..],  Some((Who::Limit, 0.25))),
            (&all[..2], Some((Who::Nginx, 0.5))),
            (&all[..1], None),
        ];
        for (values, expected) in cases {
            assert_eq!(of_limit(&row(&RATE, values), Who::Longshore), expected);
        }
    }
}
