//! The tables, in Markdown, for people and for `docs/performance.md`.

use std::fmt::Write as _;

use super::samples::{Median, Row};
use super::{amounts, floors};
use crate::peers::Who;

/// Everything that was found, as text.
pub(crate) fn print(rows: &[Row], line_up: &[Who]) -> String {
    let present: Vec<Who> = line_up
        .iter()
        .copied()
        .filter(|who| rows.iter().any(|row| row.medians.contains_key(who)))
        .collect();
    let value = |row: &Row, median: &Median| Some(amounts::text(row.series.unit, median.value));
    let cost = |row: &Row, median: &Median| {
        amounts::cost_of(row.series.unit)?;
        let (server, generator) = (median.server_cpu_seconds, median.generator_cpu_seconds);
        (server + generator > 0.0).then(|| format!("{server:.3} + {generator:.3}"))
    };
    let plain = |row: &Row| row.series.title.to_owned();
    let per = |row: &Row| {
        let per = amounts::cost_of(row.series.unit).unwrap_or("nothing");
        format!("{}, per {per}", row.series.title)
    };
    let costly: Vec<&Row> =
        rows.iter().filter(|row| row.medians.values().any(|m| cost(row, m).is_some())).collect();
    let all: Vec<&Row> = rows.iter().collect();

    let mut text = String::new();
    write_floors(&mut text, rows);
    write_servers(&mut text, "Medians", &all, &present, plain, value);
    let title = "Processor seconds, of the server + of the load generator";
    write_servers(&mut text, title, &costly, &present, per, cost);
    text
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

/// One table with a column for each server.
fn write_servers(
    text: &mut String,
    title: &str,
    rows: &[&Row],
    present: &[Who],
    name: impl Fn(&Row) -> String,
    cell: impl Fn(&Row, &Median) -> Option<String>,
) {
    write!(text, "\n## {title}\n\n").expect("memory takes writes");
    let names: Vec<&str> = present.iter().map(|who| who.name()).collect();
    line(text, &[&["work"], &names[..], &["rounds"]].concat());
    line(text, &vec!["---"; present.len() + 2]);
    for row in rows {
        let cells = present.iter().map(|who| {
            let median = row.medians.get(who);
            median.and_then(|median| cell(row, median)).unwrap_or_default()
        });
        let rounds = row.medians.values().map(|median| median.rounds).max().unwrap_or(0);
        let whole: Vec<String> =
            std::iter::once(name(row)).chain(cells).chain([rounds.to_string()]).collect();
        line(text, &whole);
    }
}

fn line(text: &mut String, cells: &[impl AsRef<str>]) {
    for cell in cells {
        write!(text, "| {} ", cell.as_ref()).expect("memory takes writes");
    }
    text.push_str("|\n");
}
