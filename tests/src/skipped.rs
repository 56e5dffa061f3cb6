//! A test that cannot run says so where a reader of the run sees it.

use std::io::Write;

use crate::server::nodes_under_test;

/// Says that `what` was not tested, and why.
///
/// Written past the test runner's capture, which would hide it: the caller returns and so counts as passed.
pub fn skipped(what: &str, why: &str) {
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}: {}", why.trim());
}

/// Whether the test is to end here: this run is of many nodes, and `what` is about one process and the folder it has, or the
/// connections it takes.
pub fn is_about_one_process(what: &str) -> bool {
    let is_of_many = nodes_under_test() > 1;
    if is_of_many {
        skipped(what, "it is about one process, not about a cluster");
    }
    is_of_many
}
