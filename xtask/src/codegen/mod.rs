//! Writes `crates/wire/src/aws/MODULE/generated.rs` for each service.
//!
//! The generated Rust holds only facts: types for serde, tables for the checker, lists of
//! operations and exceptions. The code that uses them is written by hand, once, beside the
//! generated modules.

mod operations;
mod spelling;
mod structures;
mod tables;

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::files;
use crate::model::Model;
use crate::services::{SERVICES, Service};

/// Writes every generated file.
pub(crate) fn write_all() -> Result<(), String> {
    for service in SERVICES {
        files::write(&path(service), &generate(service)?)?;
        println!("{}", path(service).display());
    }
    Ok(())
}

/// Compares every generated file with its model.
pub(crate) fn check_all() -> Result<(), String> {
    let mut stale = Vec::new();
    for service in SERVICES {
        if files::read(&path(service))? != generate(service)? {
            stale.push(path(service).display().to_string());
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("not what models/ gives; run `cargo xtask codegen`:\n  {}", stale.join("\n  ")))
}

fn path(service: &Service) -> PathBuf {
    files::root().join("crates/wire/src/aws").join(service.module).join("generated.rs")
}

fn generate(service: &Service) -> Result<String, String> {
    let mut model = Model::read(service.model, service.operations)?;
    model.free(service.free_words)?;
    let mut body = String::new();
    operations::write(&mut body, service, &model);
    structures::write(&mut body, service, &model);
    tables::write(&mut body, &model);
    formatted(&(header(service, &body) + &body))
}

/// The names that generated code may use, by the module that offers them. An empty line separates
/// the groups.
const OFFERED: [(&str, &[&str]); 8] = [
    ("std::collections", &["BTreeMap"]),
    ("", &[]),
    ("serde", &["Deserialize", "Serialize"]),
    ("", &[]),
    ("crate::aws::exception", &["declared", "exceptions"]),
    (
        "crate::aws::operation",
        &["OperationSpec", "Pagination", "Protocol", "ServiceSpec", "operations"],
    ),
    ("crate::aws::words", &["words"]),
    (
        "crate::aws::schema",
        &[
            "Input",
            "NOTHING",
            "Pattern",
            "Shape",
            "Structure",
            "UNLIMITED",
            "at_least",
            "at_most",
            "between",
            "hidden",
            "matching",
            "one_of",
            "optional",
            "required",
            "structure",
            "text",
        ],
    ),
];

fn header(service: &Service, body: &str) -> String {
    let mut header = format!(
        "// Written by `cargo xtask codegen` from `models/{}`. Do not edit.\n",
        service.model
    );
    for (module, names) in OFFERED {
        let used: Vec<&str> = names.iter().copied().filter(|name| mentions(body, name)).collect();
        if module.is_empty() {
            header.push('\n');
        } else if !used.is_empty() {
            let _ = write!(header, "\nuse {module}::{{{}}};", used.join(", "));
        }
    }
    header + "\n\n"
}

/// Whether `name` occurs in code: before a bracket, a comma, a space or an exclamation mark.
fn mentions(body: &str, name: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    body.match_indices(name).any(|(start, _)| {
        let before = body[..start].chars().next_back();
        let after = body[start + name.len()..].chars().next();
        !before.is_some_and(|letter| is_letter(letter) || "`\"".contains(letter))
            && after.is_some_and(|letter| "(,<!:>) {;".contains(letter))
    })
}

/// Runs the text through `rustfmt` with the project's settings.
fn formatted(rust: &str) -> Result<String, String> {
    let complain = |error: std::io::Error| format!("rustfmt: {error}");
    let mut rustfmt = Command::new("rustfmt")
        .arg("--config-path")
        .arg(files::root().join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(complain)?;
    let mut input = rustfmt.stdin.take().expect("standard input is piped");
    let text = rust.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = rustfmt.wait_with_output().map_err(complain)?;
    writer.join().expect("the writer does not panic").map_err(complain)?;
    if !output.status.success() {
        return Err("rustfmt refused the generated text".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
