//! A test that cannot run says so in the run's output.

use std::fmt::Display;
use std::io::Write;

/// Reports that `what` was not tested, and why.
///
/// It writes past the test runner's capture, which would hide it: the caller returns and so counts
/// as passed.
pub fn skipped(what: &str, why: &str) {
    // If standard error is closed, no one is reading.
    let _ = std::io::stderr().write_all(format!("SKIPPED: {what}: {}\n", why.trim()).as_bytes());
}

/// A stand-in if it is available; otherwise reports that `what` is not tested, and why.
pub fn or_skipped<T>(what: &str, started: Result<T, impl Display>) -> Option<T> {
    started.map_err(|why| skipped(what, &why.to_string())).ok()
}
