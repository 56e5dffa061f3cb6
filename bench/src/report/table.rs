//! The tables, in Markdown, for people and for `docs/performance.md`.

use std::fmt::Write as _;

use super::floors::Outcome;
use super::samples::{Cost, Median, Row};
use super::terms::Terms;
use super::{amounts, floors, ratios};
use crate::peers::Who;
use crate::run::Findings;
use crate::workloads::{Unit, Workload};

/// The tables of everything that was found.
pub(super) fn print(rows: &[Row], terms: &Terms) -> String {
    let present = |who: &Who| rows.iter().any(|row| row.medians.contains_key(who));
    let present: Vec<Who> = terms.line_up.iter().copied().filter(present).collect();
    let mut text = String::new();
    write_floors(&mut text, rows, terms);
    write_ratios(&mut text, rows, &present);
    for table in [&MEDIANS, &TAILS, &COSTS_OF_BYTES, &COSTS_OF_REQUESTS] {
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
    /// A row without any cell is left out.
    cell: fn(&Row, &Median) -> Option<String>,
}

static MEDIANS: ByServer = ByServer {
    title: "Medians",
    cell: |row, median| Some(amounts::text(row.series.unit, median.value)),
};

static TAILS: ByServer = ByServer {
    title: "Ninety-nine of a hundred take at most",
    cell: |_, median| {
        let milliseconds = median.p99_milliseconds;
        (milliseconds > 0.0).then(|| amounts::text(Unit::Milliseconds, milliseconds))
    },
};

static COSTS_OF_BYTES: ByServer = ByServer {
    title: "Processor seconds for a gigabyte, of the server + of the load generator",
    cell: |_, median| median.per_gigabyte.map(cost_text),
};

static COSTS_OF_REQUESTS: ByServer = ByServer {
    title: "Processor seconds for 1,000 requests, of the server + of the load generator",
    cell: |_, median| median.per_thousand_requests.map(cost_text),
};

fn cost_text(cost: Cost) -> String {
    let Cost { server, generator } = cost;
    format!("{server:.3} + {generator:.3}")
}

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
            let whole: Vec<String> = std::iter::once(row.series.title.to_owned())
                .chain(cells)
                .chain([rounds.to_string()])
                .collect();
            line(text, &whole);
        }
    }
}

fn write_floors(text: &mut String, rows: &[Row], terms: &Terms) {
    text.push_str("## Floors\n\n| work | measured | of the limit | at least | |\n");
    text.push_str("|---|---|---|---|---|\n");
    for row in rows {
        for floor in row.series.floors {
            let verdict = floors::verdict(row, floor, terms);
            let floors::Verdict { measured, of_limit, floor, outcome } = verdict;
            let word = match outcome {
                Outcome::Holds => "holds",
                Outcome::Missed => "**missed**",
                Outcome::NotMeasured => "not measured",
                Outcome::OnMemoryAlone => "judged with `--on-memory`",
                Outcome::Skipped => "skipped: no binary is named",
            };
            line(text, &[row.series.title, &measured, &of_limit, &floor, word]);
        }
    }
}

/// A line for each set-up of Longshore, a column for each peer, the limit among them.
fn write_ratios(text: &mut String, rows: &[Row], present: &[Who]) {
    let peers: Vec<Who> = present.iter().copied().filter(|who| !who.is_longshore()).collect();
    if peers.is_empty() {
        return;
    }
    text.push_str("\n## Ratios to peers and to the limit\n\n");
    let names: Vec<&str> = peers.iter().map(|who| who.name()).collect();
    line(text, &[&["work", "of"], &names[..]].concat());
    line(text, &vec!["---"; peers.len() + 2]);
    for row in rows {
        let ratios = ratios::of_row(row);
        for of_one in ratios.chunk_by(|one, next| one.subject == next.subject) {
            let cell = |&peer: &Who| {
                let found = of_one.iter().find(|ratio| ratio.peer == peer);
                found.map(|ratio| floors::times_text(Some(ratio.times))).unwrap_or_default()
            };
            let subject = of_one[0].subject.name();
            let front = [row.series.title.to_owned(), subject.to_owned()];
            line(text, &front.into_iter().chain(peers.iter().map(cell)).collect::<Vec<_>>());
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
    use crate::medium::Medium;
    use crate::workloads::{Floor, Series};

    static FLOORS: [Floor; 1] =
        [Floor::Times { subject: Who::Longshore, times: 2.0, of: Who::DockerRegistry }];
    static RATE: Series =
        Series { name: "rate", title: "some work", unit: Unit::RequestsPerSecond, floors: &FLOORS };

    #[test]
    fn tables_say_what_was_measured_and_what_was_asked() {
        let median = |value| Median {
            p99_milliseconds: 1.5,
            per_thousand_requests: Some(Cost { server: 0.25, generator: 0.125 }),
            rounds: 3,
            ..Median::of(value)
        };
        let line_up = vec![Who::Longshore, Who::DockerRegistry, Who::Limit];
        let medians = line_up.iter().copied().zip([30.0, 10.0, 40.0].map(median)).collect();
        let terms = Terms { medium: Medium::Disk, line_up };
        let text = print(&[Row { series: &RATE, medians }], &terms);
        let expected = "\
## Floors

| work | measured | of the limit | at least | |
|---|---|---|---|---|
| some work | longshore ÷ docker-registry: 3.00 × | 0.75 × the limit | 2 × | holds |

## Ratios to peers and to the limit

| work | of | docker-registry | the limit |
| --- | --- | --- | --- |
| some work | longshore | 3.00 × | 0.75 × |

## Medians

| work | longshore | docker-registry | the limit | rounds |
| --- | --- | --- | --- | --- |
| some work | 30 /s | 10 /s | 40 /s | 3 |

## Ninety-nine of a hundred take at most

| work | longshore | docker-registry | the limit | rounds |
| --- | --- | --- | --- | --- |
| some work | 1.50 ms | 1.50 ms | 1.50 ms | 3 |

## Processor seconds for a gigabyte, of the server + of the load generator

| work | longshore | docker-registry | the limit | rounds |
| --- | --- | --- | --- | --- |

## Processor seconds for 1,000 requests, of the server + of the load generator

| work | longshore | docker-registry | the limit | rounds |
| --- | --- | --- | --- | --- |
| some work | 0.250 + 0.125 | 0.250 + 0.125 | 0.250 + 0.125 | 3 |
";
        assert_eq!(text, expected);
    }
}
