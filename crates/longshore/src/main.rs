//! The `longshore` program: the server, and the commands that operate it or call it.

mod client;
mod commands;

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};
use commands::Command;
use mimalloc::MiMalloc;
use names::error_chain;
use rustix::fs::Mode;

/// Requests make many short-lived allocations. The system allocator took a sixth of the time of a
/// manifest read.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// An open Elastic Container Registry.
///
/// docker, podman, helm and oras push to it and pull from it. `aws ecr` and the AWS SDKs manage it.
#[derive(Parser)]
#[command(name = "longshore", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    use_small_pages();
    // Every file that we or a library create is readable by the current user only.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let matches = without_empty_variables(Cli::command()).get_matches_from(words());
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match cli.command.run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("longshore: {}", error_chain(&*error));
            ExitCode::FAILURE
        }
    }
}

/// Has memory come in pages of 4 KiB. The allocator asks for pages of 2 MiB, of which a server that
/// allocates little here and there uses a fraction: they take more than twice the memory.
fn use_small_pages() {
    // A kernel that does not know this serves as well, with more memory.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Treats an empty environment variable as unset: orchestrators set one to the empty string when
/// nothing is configured.
fn without_empty_variables(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|argument| match argument.get_env() {
        // No variable has an empty name.
        Some(name) if is_empty(name) => argument.env("").hide_env(true),
        _ => argument,
    });
    command.mut_subcommands(without_empty_variables)
}

#[expect(clippy::disallowed_methods, reason = "clap reads it next")]
fn is_empty(variable: &OsStr) -> bool {
    std::env::var_os(variable).is_some_and(|value| value.is_empty())
}

/// The command line. docker runs a program named `docker-credential-NAME` with one argument. If
/// this program runs through a link of such a name, that means `longshore docker-credential`.
fn words() -> Vec<OsString> {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    let name = words.first().and_then(|word| Path::new(word).file_name()?.to_str());
    if name.is_some_and(|name| name.starts_with("docker-credential-")) {
        words.insert(1, "docker-credential".into());
    }
    words
}
