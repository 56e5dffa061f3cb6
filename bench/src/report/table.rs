//! The tables, in Markdown, for people and for `docs/performance.md`.

use std::fmt::Write as _;

use super::samples::{Median, Row};
use super::{amounts, floors};
use crate::peers::Who;
use crate::run::Findings;
use crate::workloads::{Unit, Workload};

/// Everything that was found, as text.
pub(crate) fn print(rows: &[Row], line_up: &[Who]) -> String {
    let present = |who: &Who| rows.iter().any(|row| row.medians.contains_key(who));
    let present: Vec<Who> = line_up.iter().copied().filter(present).collect();
    let mut text = String::new();
    write_floors(&mut text, rows);
    for table in [&MEDIANS, &TAILS, &COSTS] {
        table.write(&mut text, rows, &present);
    }
    text
}

/// Which servers are missing from a workload's rows, and why.
pub(crate) fn print_failures(workload: &dyn Workload, findings: &Findings) -> String {
    let mut text = String::new();
    for (who, error) in &findings.failures {
        write!(text, "\n{}: {} failed: {error}\n", workload.name(), who.name())
            .expect("memory takes writes");
    }
    text
}

/// A table with a column for each server.
struct ByServer {
    title: &'static str,
    name: fn(&Row) -> String,
    /// A row without any cell is left out.
    cell: fn(&Row, &Median) -> Option<String>,
}

static MEDIANS: ByServer = ByServer {
    title: "Medians",
    name: |row| row.series.title.to_owned(),
    cell: |row, median| Some(amounts::text(row.series.unit, median.value)),
};

static TAILS: ByServer = ByServer {
    title: "Ninety-nine of a hundred take at most",
    name: |row| row.series.title.to_owned(),
    cell: |_, median| {
        let milliseconds = median.p99_milliseconds;
        (milliseconds > 0.0).then(|| amounts::text(Unit::Milliseconds, milliseconds))
    },
};

static COSTS: ByServer = ByServer {
    title: "Processor seconds, of the server + of the load generator",
    name: |row| {
        let per = amounts::cost_of(row.series.unit).unwrap_or_default();
        format!("{}, per {per}", row.series.title)
    },
    cell: |row, median| {
        amounts::cost_of(row.series.unit)?;
        let (server, generator) = (median.server_cpu_seconds, median.generator_cpu_seconds);
        (server + generator > 0.0).then(|| format!("{server:.3} + {generator:.3}"))
    },
};

impl ByServer {
    fn write(&self, text: &mut String, rows: &[Row], present: &[Who]) {
        write!(text, "\n## {}\n\n", self.title).expect("memory takes writes");
        let names: Vec<&str> = present.iter().map(|who| who.name()).collect();
        line(text, &[&["work"], &names[..], &["rounds"]].concat());
        line(text, &vec!["---"; present.len() + 2]);
        for row in rows {
            let cell = |who| row.medians.get(who).and_then(|median| (self.cell)(row, median));
            let cells: Vec<Option<String>> = present.iter().map(cell).collect();
            if cells.iter().all(Option::is_none) {
                continue;
            }
            let rounds = row.medians.values().map(|median| median.rounds).max().unwrap_or(0);
            let cells = cells.into_iter().map(Option::unwrap_or_default);
            let whole: Vec<String> = std::iter::once((self.name)(row))
                .chain(cells)
                .chain([rounds.to_string()])
                .collect();
            line(text, &whole);
        }
    }
}

fn write_floors(text: &mut String, rows: &[Row]) {
    text.push_str("## Floors\n\n| work | measured | at least | |\n|---|---|---|---|\n");
    for row in rows {
        for &floor in row.series.floors {
            let floors::Verdict { measured, floor, holds } = floors::verdict(row, floor);
            let word = match holds {
                Some(true) => "holds",
                Some(false) => "**missed**",
                None => "not measured",
            };
            line(text, &[row.series.title, &measured, &floor, word]);
        }
    }
}

fn line(text: &mut String, cells: &[impl AsRef<str>]) {
    for cell in cells {
        write!(text, "| {} ", cell.as_ref()).expect("memory takes writes");
    }
    text.push_str("|\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::{Floor, Series};

    static FLOORS: [Floor; 1] =
        [Floor::Times { subject: Who::Longshore, times: 2.0, of: Who::Nginx }];
    static RATE: Series =
        Series { name: "rate", title: "some work", unit: Unit::RequestsPerSecond, floors: &FLOORS };

    #[test]
    fn tables_say_what_was_measured_and_what_was_asked() {
        let median = |value| Median {
            value,
            p99_milliseconds: 1.5,
            server_cpu_seconds: 0.25,
            generator_cpu_seconds: 0.125,
            rounds: 3,
        };
        let medians = [(Who::Longshore, median(30.0)), (Who::Nginx, median(10.0))].into();
        let text = print(&[Row { series: &RATE, medians }], &[Who::Longshore, Who::Nginx]);
        let expected = "\
## Floors

| work | measured | at least | |
|---|---|---|---|
| some work | longshore ÷ nginx: 3.00 × | 2 × | holds |

## Medians

| work | longshore | nginx | rounds |
| --- | --- | --- | --- |
| some work | 30 /s | 10 /s | 3 |

## Ninety-nine of a hundred take at most

| work | longshore | nginx | rounds |
| --- | --- | --- | --- |
| some work | 1.50 ms | 1.50 ms | 3 |

## Processor seconds, of the server + of the load generator

| work | longshore | nginx | rounds |
| --- | --- | --- | --- |
| some work, per 1,000 requests | 0.250 + 0.125 | 0.250 + 0.125 | 3 |
";
        assert_eq!(text, expected);
    }
}
