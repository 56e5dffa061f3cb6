//! `longshore`: serves the registry, and helps to reach it.

mod commands;

use std::process::ExitCode;

use clap::Parser;
use commands::Command;
use mimalloc::MiMalloc;

/// Requests allocate much and briefly; the system's allocator was a sixth of a manifest read.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// An open Elastic Container Registry.
///
/// docker, podman, helm and oras push to it and pull from it; `aws ecr` and the AWS SDKs manage it.
#[derive(Parser)]
#[command(name = "longshore", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("longshore: {error}");
            ExitCode::FAILURE
        }
    }
}
