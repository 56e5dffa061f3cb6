//! Tests that a run of many nodes leaves out.

use stand_ins::skipped;

use crate::server::nodes_under_test;

/// Whether the test is to end here: this run is of many nodes, and `what` is about one process and the folder it has, or the
/// connections it takes.
pub fn is_about_one_process(what: &str) -> bool {
    let is_of_many = nodes_under_test() > 1;
    if is_of_many {
        skipped(what, "it is about one process, not about a cluster");
    }
    is_of_many
}
