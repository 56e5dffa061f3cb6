//! Samples, kept raw on disk and condensed to medians for the tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use crate::peers::Who;
use crate::run::Findings;
use crate::workloads::{Sample, Series, Unit, Workload};

/// One row of the tables.
pub(crate) struct Row {
    pub(crate) series: &'static Series,
    pub(crate) medians: BTreeMap<Who, Median>,
}

/// A server in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Median {
    pub(crate) value: f64,
    /// The 99th percentile of turns; 0 if there are none.
    pub(crate) p99_milliseconds: f64,
    /// Processor seconds of the server for 1,000 turns, or for a gigabyte.
    pub(crate) server_cpu_seconds: f64,
    pub(crate) generator_cpu_seconds: f64,
    pub(crate) rounds: usize,
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
            let share = |seconds: f64, sample: &Sample| seconds / amount(series.unit, sample);
            let median = Median {
                value: of(&|sample| sample.value),
                p99_milliseconds: of(&|sample| f64::from(sample.p99_microseconds) / 1e3),
                server_cpu_seconds: of(&|sample| share(sample.server_cpu_seconds, sample)),
                generator_cpu_seconds: of(&|sample| share(sample.generator_cpu_seconds, sample)),
                rounds: samples.len(),
            };
            (who, median)
        })
        .collect()
}

/// How much was done, in the amounts that costs are given for.
fn amount(unit: Unit, sample: &Sample) -> f64 {
    match unit {
        Unit::BytesPerSecond | Unit::Bytes => (sample.bytes.max(1)) as f64 / 1e9,
        Unit::RequestsPerSecond | Unit::ImagesPerSecond | Unit::Milliseconds | Unit::Ratio => {
            sample.turns.max(1) as f64 / 1e3
        }
    }
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
