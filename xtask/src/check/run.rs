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
    let suites = |binaries: &[Binary]| -> Vec<Suite> {
        let of_part = |part: &&str| suites::of(part, binaries);
        parts.iter().flat_map(of_part).collect()
    };
    if !parts.iter().any(|part| suites::PARTS.contains(part)) {
        return Ok(());
    }
    let began = Instant::now();
    let built = binaries::build();
    table.step("build", began.elapsed(), built.is_ok(), "cargo test --workspace --no-run");
    let built = built?;
    // Started once for all: starting a server is most of the time of a small binary. Without one,
    // each suite says what it skips.
    let database = Postgres::start().ok();
    match lanes::run(suites(&built), database.as_ref(), table) {
        0 => Ok(()),
        1 => Err("one of the tests' binaries failed: see above".to_owned()),
        failed => Err(format!("{failed} of the tests' binaries failed: see above")),
    }
}
