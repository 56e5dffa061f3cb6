//! Tests that a run of many nodes leaves out.

use stand_ins::skipped;

use crate::nodes_under_test::nodes_under_test;

/// Whether the test has to end here: this run has many nodes, and `what` concerns one process and
/// its folder, or its connections.
pub fn is_about_one_process(what: &str) -> bool {
    let is_of_many = nodes_under_test() > 1;
    if is_of_many {
        skipped(what, "it is about one process, not about a cluster");
    }
    is_of_many
}
