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
mod load;
mod machine;
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

use arguments::Arguments;
use peers::Programs;
use run::Run;
use workloads::Workload;

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let plan = arguments.plan();
    let line_up = arguments.line_up();
    fs::create_dir_all(&arguments.out)?;
    let run = Run {
        plan: &plan,
        line_up: &line_up,
        programs: Programs { longshore: &arguments.longshore, s3: &arguments.s3_server },
        folder: arguments.out.join("servers"),
        begun: Instant::now(),
    };
    let machine = machine::describe(&arguments.out)?;
    let decision = decision::measure()?;
    let (mut rows, mut failures) = (Vec::new(), String::new());
    for workload in chosen(&arguments, workloads::all(&plan, nonce()?))? {
        let since = run.begun.elapsed().as_secs();
        eprintln!("{since:>4} s  {} …", workload.name());
        let findings = run.workload(workload.as_ref())?;
        rows.extend(report::keep(&arguments.out, workload.as_ref(), &findings)?);
        failures.push_str(&report::print_failures(workload.as_ref(), &findings));
    }
    let tables = report::print(&rows, &line_up);
    let text = format!("{machine}\n{}\n\n{tables}{failures}", decision.line());
    fs::write(arguments.out.join("report.md"), &text)?;
    println!("{text}\n{:.0} seconds in all", run.begun.elapsed().as_secs_f64());
    let failed = arguments.enforce && !(report::all_hold(&rows) && decision.holds());
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
