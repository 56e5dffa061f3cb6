//! How a suite is run, and what came of it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

use super::suites::Suite;

/// How much of a failed suite's output is shown. All of it is in its file.
const LINES_SHOWN: usize = 400;

/// How a suite ended.
pub(super) struct Ran {
    pub(super) took: Duration,
    /// How long it and the programs that it started kept a processor, where that can be known.
    pub(super) worked: Option<Duration>,
    pub(super) is_good: bool,
    /// The relevant part of its output: skipped tests and failures.
    pub(super) said: Vec<String>,
}

impl Ran {
    pub(super) fn of(suite: &Suite, database: Option<&(&str, String)>) -> Self {
        let began = Instant::now();
        let file = output_file(&suite.name);
        let outcome = execute(suite, database, &file);
        let (outcome, worked) = match outcome {
            Ok((is_good, worked)) => (Ok(is_good), worked),
            Err(error) => (Err(error), None),
        };
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
        Self { took: began.elapsed(), worked, is_good, said }
    }
}

/// Runs a suite's binary as cargo would, with its output in a file.
fn execute(
    suite: &Suite,
    database: Option<&(&str, String)>,
    file: &Path,
) -> Result<(bool, Option<Duration>), String> {
    let complain = |error| format!("{}: {error}", file.display());
    fs::create_dir_all(file.parent().expect("it is in a folder")).map_err(complain)?;
    let output = File::create(file).map_err(complain)?;
    let errors = output.try_clone().map_err(complain)?;
    let mut child = Command::new(&suite.binary.program)
        .args(suite.arguments)
        .envs(suite.variables.iter().copied().filter(|(name, _)| is_unset(name)))
        .envs(database.cloned())
        .env("CARGO_MANIFEST_DIR", &suite.binary.folder)
        .current_dir(&suite.binary.folder)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .map_err(|error| format!("{}: {error}", suite.binary.program.display()))?;
    let worked = worked(child.id());
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok((status.success(), worked))
}

/// Waits until a process has ended, and reads what it used before it is forgotten.
fn worked(process: u32) -> Option<Duration> {
    let pid = Pid::from_raw(process.cast_signed())?;
    let _ = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT).ok()?;
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    ticks(&stat).map(|ticks| Duration::from_millis(ticks * 10))
}

/// The hundredths of seconds that a process and its children worked: fields 14 to 17 of
/// proc_pid_stat(5), which stand after the name of the program in brackets.
fn ticks(stat: &str) -> Option<u64> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    fields.get(11..15)?.iter().map(|field| field.parse::<u64>().ok()).sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_of_a_process_and_of_its_children_counts() {
        let stat = "7 (a (b) c) Z 1 7 7 0 -1 4 0 0 0 0 100 20 3 4 20 0 1 0 55 0 0";
        assert_eq!(ticks(stat), Some(127));
        assert_eq!(ticks("7 (a) Z 1 7"), None);
        assert_eq!(ticks("nothing"), None);
    }
}
