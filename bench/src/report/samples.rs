//! Samples, kept raw on disk and condensed to medians for the tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::json;

use crate::peers::Who;
use crate::run::Findings;
use crate::workloads::{Sample, Series, Unit, Workload};

/// From here on, the bytes of a turn are worth counting.
const TURN_BYTES_MIN: u64 = 64 * 1024;

/// One row of the tables.
pub(crate) struct Row {
    pub(crate) series: &'static Series,
    pub(crate) medians: BTreeMap<Who, Median>,
}

/// A server in a row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Median {
    pub(crate) value: f64,
    /// The 99th percentile of turns; 0 if there are none.
    pub(crate) p99_milliseconds: f64,
    /// Of work whose turns move bytes worth counting.
    pub(crate) per_gigabyte: Option<Cost>,
    /// Of work that is told in requests.
    pub(crate) per_thousand_requests: Option<Cost>,
    pub(crate) rounds: usize,
}

/// Processor seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Cost {
    pub(crate) server: f64,
    pub(crate) generator: f64,
}

#[cfg(test)]
impl Median {
    /// One that cost nothing.
    pub(super) fn of(value: f64) -> Self {
        Self {
            value,
            p99_milliseconds: 0.0,
            per_gigabyte: None,
            per_thousand_requests: None,
            rounds: 1,
        }
    }
}

/// Writes the samples of one workload to `folder`, and returns its rows.
pub(crate) fn keep(
    folder: &Path,
    workload: &dyn Workload,
    findings: &Findings,
) -> Result<Vec<Row>> {
    let Findings { samples, failures } = findings;
    let file = folder.join(format!("{}.json", workload.name()));
    let failures: Vec<_> =
        failures.iter().map(|(who, error)| json!({ "server": who, "error": error })).collect();
    let content = json!({ "samples": samples, "failures": failures });
    fs::write(&file, serde_json::to_vec_pretty(&content)?)
        .with_context(|| file.display().to_string())?;
    let row = |series: &'static Series| Row {
        series,
        medians: samples.get(series.name).map(|taken| medians(series, taken)).unwrap_or_default(),
    };
    Ok(workload.series().iter().map(row).collect())
}

fn medians(series: &Series, taken: &BTreeMap<Who, Vec<Sample>>) -> BTreeMap<Who, Median> {
    taken
        .iter()
        .map(|(&who, samples)| {
            let of = |value: &dyn Fn(&Sample) -> f64| median(samples.iter().map(value).collect());
            let median = Median {
                value: of(&|sample| sample.value),
                p99_milliseconds: of(&|sample| f64::from(sample.p99_microseconds) / 1e3),
                per_gigabyte: cost(samples, gigabytes),
                per_thousand_requests: cost(samples, |sample| {
                    thousands_of_requests(series.unit, sample)
                }),
                rounds: samples.len(),
            };
            (who, median)
        })
        .collect()
}

/// What one amount of work costs, if each sample did some and any of it was noticed.
fn cost(samples: &[Sample], amount: impl Fn(&Sample) -> Option<f64>) -> Option<Cost> {
    let amounts: Vec<f64> = samples.iter().map(amount).collect::<Option<_>>()?;
    let of = |seconds: fn(&Sample) -> f64| {
        let shares = samples.iter().zip(&amounts);
        median(shares.map(|(sample, amount)| seconds(sample) / amount).collect())
    };
    let server = of(|sample| sample.server_cpu_seconds);
    let generator = of(|sample| sample.generator_cpu_seconds);
    (server + generator > 0.0).then_some(Cost { server, generator })
}

/// Bytes in the answers of small requests are not what those cost.
fn gigabytes(sample: &Sample) -> Option<f64> {
    let counts = sample.bytes / sample.turns.max(1) >= TURN_BYTES_MIN;
    counts.then_some(sample.bytes as f64 / 1e9)
}

fn thousands_of_requests(unit: Unit, sample: &Sample) -> Option<f64> {
    let requests = unit.requests_of_a_turn()?;
    Some(sample.turns.max(1) as f64 * f64::from(requests) / 1e3)
}

/// The middle one; of an even number, the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_for_amounts_that_say_something() {
        let sample = |turns, bytes| Sample {
            turns,
            bytes,
            server_cpu_seconds: 2.0,
            generator_cpu_seconds: 1.0,
            ..Sample::single(0.0)
        };
        let cost = |server, generator| Some(Cost { server, generator });
        let images = Unit::ImagesPerSecond { requests: 5 };
        #[rustfmt::skip]
        let cases = [
            // sample                     unit             a gigabyte      1,000 requests   because
            (sample(4, 4_000_000_000),    Unit::BytesPerSecond,    cost(0.5, 0.25),  None,            "layers are told in bytes"),
            (sample(4_000, 1_000_000),    Unit::RequestsPerSecond, None,             cost(0.5, 0.25), "small answers"),
            (sample(400, 400_000_000),    images,                  cost(5.0, 2.5),   cost(1.0, 0.5),  "images are both"),
            (Sample::single(7.0),         Unit::Milliseconds,      None,             None,            "nothing was noticed"),
        ];
        for (sample, unit, per_gigabyte, per_thousand_requests, because) in cases {
            let samples = [sample];
            assert_eq!(super::cost(&samples, gigabytes), per_gigabyte, "{because}");
            let found = super::cost(&samples, |sample| thousands_of_requests(unit, sample));
            assert_eq!(found, per_thousand_requests, "{because}");
        }
    }

    #[test]
    fn the_median_is_the_middle() {
        #[rustfmt::skip]
        let cases: [(&[f64], f64); 4] = [
            (&[5.0],                     5.0),
            (&[9.0, 1.0, 5.0],           5.0),
            (&[4.0, 1.0],                2.5),
            (&[1000.0, 1.0, 2.0, 3.0],   2.5),
        ];
        for (values, expected) in cases {
            assert_eq!(median(values.to_vec()).to_bits(), expected.to_bits(), "{values:?}");
        }
    }
}
