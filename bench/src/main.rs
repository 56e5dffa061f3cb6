//! Longshore and its peers, measured side by side on one machine in one run.
//!
//! `docs/performance.md` says how to run this and how to read what it prints.

#![expect(
    clippy::cast_precision_loss,
    reason = "bytes and requests of one run are far below 2^52, and only ratios of them are read"
)]

mod arguments;
mod content;
mod cost;
mod decision;
mod ecr;
mod http;
mod limit;
mod load;
mod machine;
mod medium;
mod oci;
mod peers;
mod report;
mod run;
mod workloads;

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use arguments::{Arguments, Command};
use medium::Ground;
use peers::Programs;
use report::{Report, Row, Terms};
use run::Run;
use workloads::Workload;

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(Command::Limit(options)) => limit::serve(options).map(|()| ExitCode::SUCCESS),
        None => measure(&arguments),
    }
}

fn measure(arguments: &Arguments) -> Result<ExitCode> {
    let plan = arguments.plan();
    let terms = Terms { medium: arguments.medium(), line_up: arguments.line_up()? };
    let out = arguments.out();
    fs::create_dir_all(&out)?;
    let ground = Ground::prepare(terms.medium, &out)?;
    let run = Run {
        plan: &plan,
        line_up: &terms.line_up,
        programs: Programs {
            longshore: &arguments.longshore,
            s3: &arguments.s3_server,
            zot: arguments.zot.as_deref(),
        },
        ground: &ground,
        begun: Instant::now(),
    };
    let workloads = chosen(arguments, workloads::all(&plan, nonce()?))?;
    workloads.iter().try_for_each(|workload| run.require_room(workload.as_ref()))?;
    let machine = machine::describe(&ground.folder)?;
    let decision = decision::measure()?;
    let (mut rows, mut failures) = (Vec::<Row>::new(), String::new());
    for workload in workloads {
        let since = run.begun.elapsed().as_secs();
        eprintln!("{since:>4} s  {} …", workload.name());
        let findings = run.workload(workload.as_ref())?;
        rows.extend(report::keep(&out, workload.as_ref(), &findings)?);
        failures.push_str(&report::print_failures(workload.as_ref(), &findings));
    }
    let decision_line = decision.line();
    let report = Report { machine, decision: decision_line, failures, rows: &rows, terms: &terms };
    let text = report.write(&out)?;
    println!("{text}\n{:.0} seconds in all", run.begun.elapsed().as_secs_f64());
    let failed = arguments.enforce && !(report.all_hold() && decision.holds());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn chosen(
    arguments: &Arguments,
    mut all: Vec<Box<dyn Workload>>,
) -> Result<Vec<Box<dyn Workload>>> {
    let only = &arguments.only;
    let known: Vec<_> = all.iter().map(|workload| workload.name()).collect();
    for name in only {
        ensure!(known.contains(&name.as_str()), "no workload {name}; there are {known:?}");
    }
    all.retain(|workload| only.is_empty() || only.iter().any(|name| name == workload.name()));
    Ok(all)
}

/// Sets the layers of this run apart from those of every other.
fn nonce() -> Result<[u8; 16]> {
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).context("randomness")?;
    Ok(nonce)
}
