//! A test that cannot run says so where a reader of the run sees it.

use std::io::Write;

/// Says that `what` was not tested, and why.
///
/// Written past the test runner's capture, which would hide it: the caller returns and so counts as passed.
pub fn skipped(what: &str, why: &str) {
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}: {}", why.trim());
}
