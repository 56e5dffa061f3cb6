//! How a suite is run, and what came of it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::suites::Suite;

/// How much of a failed suite's output is shown. All of it is in its file.
const LINES_SHOWN: usize = 400;

/// How a suite ended.
pub(super) struct Ran {
    pub(super) took: Duration,
    pub(super) is_good: bool,
    /// The relevant part of its output: skipped tests and failures.
    pub(super) said: Vec<String>,
}

impl Ran {
    pub(super) fn of(suite: &Suite, database: Option<&(&str, String)>) -> Self {
        let began = Instant::now();
        let file = output_file(&suite.name);
        let outcome = execute(suite, database, &file);
        let is_good = outcome == Ok(true);
        let text = fs::read_to_string(&file).unwrap_or_default();
        let mut said: Vec<String> = if is_good {
            text.lines().filter(|line| line.starts_with("SKIPPED")).map(str::to_owned).collect()
        } else {
            let lines: Vec<&str> = text.lines().collect();
            let shown = &lines[lines.len().saturating_sub(LINES_SHOWN)..];
            shown.iter().map(|line| (*line).to_owned()).collect()
        };
        if let Err(error) = outcome {
            said.push(error);
        }
        said.dedup();
        Self { took: began.elapsed(), is_good, said }
    }
}

/// Runs a suite's binary as cargo would, with its output in a file.
fn execute(suite: &Suite, database: Option<&(&str, String)>, file: &Path) -> Result<bool, String> {
    let complain = |error| format!("{}: {error}", file.display());
    fs::create_dir_all(file.parent().expect("it is in a folder")).map_err(complain)?;
    let output = File::create(file).map_err(complain)?;
    let errors = output.try_clone().map_err(complain)?;
    let status = Command::new(&suite.binary.program)
        .args(suite.arguments)
        .envs(suite.variables.iter().copied().filter(|(name, _)| is_unset(name)))
        .envs(database.cloned())
        .env("CARGO_MANIFEST_DIR", &suite.binary.folder)
        .current_dir(&suite.binary.folder)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .status()
        .map_err(|error| format!("{}: {error}", suite.binary.program.display()))?;
    Ok(status.success())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the person who runs the tests may set what they run with"
)]
fn is_unset(name: &str) -> bool {
    std::env::var_os(name).is_none()
}

fn output_file(suite: &str) -> PathBuf {
    let name = suite.replace([' ', ','], "-").replace("--", "-");
    crate::files::root().join("target/test-output").join(name + ".txt")
}
