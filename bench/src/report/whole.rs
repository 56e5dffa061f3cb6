//! The report of a run: for people, for programs, and as a picture.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::samples::Row;
use super::terms::Terms;
use super::{amounts, chart, floors, ratios, table};

/// Everything that a run found.
pub(crate) struct Report<'a> {
    pub(crate) machine: String,
    pub(crate) decision: String,
    pub(crate) failures: String,
    pub(crate) rows: &'a [Row],
    pub(crate) terms: &'a Terms,
}

impl Report<'_> {
    /// Whether no floor was missed.
    pub(crate) fn all_hold(&self) -> bool {
        floors::all_hold(self.rows, self.terms)
    }

    /// Writes all forms of it to `folder`, and returns the text.
    pub(crate) fn write(&self, folder: &Path) -> Result<String> {
        let Self { machine, decision, failures, rows, terms } = self;
        let tables = table::print(rows, terms);
        let text = format!("{machine}\n{}\n{decision}\n\n{tables}{failures}", terms.line());
        fs::write(folder.join("report.md"), &text)?;
        fs::write(folder.join("report.json"), serde_json::to_vec_pretty(&self.json())?)?;
        let groups = chart::groups(rows);
        if !groups.is_empty() {
            fs::write(folder.join("ratios.svg"), chart::draw(&groups, terms.medium))?;
        }
        Ok(text)
    }

    fn json(&self) -> Value {
        let rows: Vec<Value> = self.rows.iter().map(|row| row_json(row, self.terms)).collect();
        json!({
            "machine": self.machine,
            "medium": self.terms.medium,
            "line_up": self.terms.line_up,
            "decision": self.decision,
            "rows": rows,
            "failures": self.failures,
        })
    }
}

fn row_json(row: &Row, terms: &Terms) -> Value {
    let ratios = ratios::of_row(row).into_iter().map(|ratio| {
        let of_limit = floors::of_limit(row, ratio.subject);
        json!({
            "subject": ratio.subject,
            "peer": ratio.peer,
            "times": ratio.times,
            "limit": of_limit.map(|(limit, _)| limit),
            "of_limit": of_limit.map(|(_, times)| times),
        })
    });
    let floors = row.series.floors.iter().map(|floor| {
        let floors::Verdict { measured, of_limit, floor, outcome } =
            floors::verdict(row, floor, terms);
        json!({ "measured": measured, "of_limit": of_limit, "floor": floor, "outcome": outcome })
    });
    json!({
        "name": row.series.name,
        "title": row.series.title,
        "unit": amounts::name(row.series.unit),
        "servers": row.medians,
        "ratios": ratios.collect::<Vec<_>>(),
        "floors": floors.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::medium::Medium;
    use crate::peers::Who;
    use crate::report::samples::{Cost, Median};
    use crate::workloads::{Floor, Series, Unit};

    static FLOORS: [Floor; 1] =
        [Floor::Times { subject: Who::Longshore, times: 0.7, of: Who::Limit }];
    static RATE: Series =
        Series { name: "push", title: "a push", unit: Unit::BytesPerSecond, floors: &FLOORS };

    #[test]
    fn programs_read_what_people_read() {
        let per_gigabyte = Some(Cost { server: 1.5, generator: 0.5 });
        let medians = [
            (Who::Longshore, Median { per_gigabyte, ..Median::of(3e8) }),
            (Who::DockerRegistry, Median::of(1.5e8)),
            (Who::Limit, Median::of(4e8)),
        ];
        let rows = [Row { series: &RATE, medians: medians.into() }];
        let line_up = vec![Who::Longshore, Who::DockerRegistry, Who::Limit];
        let terms = Terms { medium: Medium::Memory, line_up };
        let report = Report {
            machine: "a machine".to_owned(),
            decision: "a decision".to_owned(),
            failures: String::new(),
            rows: &rows,
            terms: &terms,
        };
        let json = report.json();
        assert_eq!(json["medium"], "memory");
        let row = &json["rows"][0];
        assert_eq!(row["servers"]["longshore"]["per_gigabyte"]["server"], 1.5);
        let beside = json!({
            "subject": "longshore", "peer": "docker-registry", "times": 2.0,
            "limit": "limit", "of_limit": 0.75,
        });
        assert_eq!(row["ratios"][0], beside);
        assert_eq!(row["floors"][0]["outcome"], "holds");
    }
}
