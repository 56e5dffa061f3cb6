//! A test that cannot run says so in the run's output.

use std::fmt::Display;
use std::io::Write;

/// Says that `what` was not tested, and why.
///
/// Written past the test runner's capture, which would hide it: the caller returns and so counts as
/// passed.
pub fn skipped(what: &str, why: &str) {
    // A closed standard error leaves nobody to tell.
    let _ = std::io::stderr().write_all(format!("SKIPPED: {what}: {}\n", why.trim()).as_bytes());
}

/// A stand-in if it could be had; or says that `what` is not tested, and why.
pub fn or_skipped<T>(what: &str, started: Result<T, impl Display>) -> Option<T> {
    started.map_err(|why| skipped(what, &why.to_string())).ok()
}
