use std::time::Instant;

use stand_ins::Postgres;

use super::binaries::{self, Binary};
use super::report::Table;
use super::suites::{self, Suite};
use super::{lanes, steps};

/// The default parts, in this order.
const PARTS: [&str; 8] =
    ["fmt", "deny", "codegen-check", "lint", "docs", "unit", "clients", "clients-cluster"];

/// Runs the parts that are named, or all of them.
pub(crate) fn run(named: &[&str]) -> Result<(), String> {
    let parts = if named.is_empty() { &PARTS[..] } else { named };
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(part)) {
        return Err(format!("there is no part `{unknown}`; there are: {}", PARTS.join(", ")));
    }
    let mut table = Table::default();
    let ended = run_parts(parts, &mut table);
    table.print();
    ended
}

fn run_parts(parts: &[&str], table: &mut Table) -> Result<(), String> {
    for step in steps::STEPS.iter().filter(|step| parts.contains(&step.name)) {
        step.run(table)?;
    }
    let mut suites: Vec<Suite> =
        steps::BESIDE.iter().filter(|step| parts.contains(step)).map(Suite::of_step).collect();
    let has_tests = parts.iter().any(|part| suites::PARTS.contains(part));
    let mut database = None;
    if has_tests {
        let built = build(table)?;
        suites.extend(parts.iter().flat_map(|part| suites::of(part, &built)));
        // Started once for all: starting a server is most of the time of a small binary. Without
        // one, each suite says what it skips.
        database = Postgres::start().ok();
    }
    match lanes::run(suites, database.as_ref(), table) {
        0 => Ok(()),
        1 => Err("one suite failed: see above".to_owned()),
        failed => Err(format!("{failed} suites failed: see above")),
    }
}

fn build(table: &mut Table) -> Result<Vec<Binary>, String> {
    let began = Instant::now();
    let built = binaries::build();
    table.step("build", began.elapsed(), built.is_ok(), "cargo test --workspace --no-run");
    built
}
