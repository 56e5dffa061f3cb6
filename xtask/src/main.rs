//! Tasks of the project, in Rust.
//!
//! `cargo xtask codegen [--check]` writes (or compares) every `generated.rs` from `models/`;
//! `cargo xtask models PATH` refreshes `models/` from a botocore data directory;
//! `cargo xtask test [PART]…` runs every check, or some, and reports the times.

mod check;
mod codegen;
mod document;
mod files;
mod import;
mod model;
mod services;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  codegen           write the generated Rust from models/
  codegen --check   fail if the committed Rust is not what models/ gives
  models PATH       refresh models/ from PATH, a `botocore/data` directory
  test [PART]…      run every check, or these: fmt, deny, codegen-check, lint, docs, unit, clients, clients-cluster";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["codegen"] => codegen::write_all(),
        ["codegen", "--check"] => codegen::check_all(),
        ["test", parts @ ..] => check::run(parts),
        ["models", source] => import::models(source.as_ref()),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => {
            eprintln!("{complaint}");
            ExitCode::FAILURE
        }
    }
}
