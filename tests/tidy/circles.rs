//! No two files of a crate use each other, so that each can be read after those that it uses.

use std::collections::BTreeMap;

use crate::report::report_except;
use crate::source::{Source, sources};
use crate::uses::Modules;

/// Pairs that are one thing in two files: an act that queues a job, and the job that goes on with
/// the act for the next image.
const PAIRS: &[&str] = &[
    "crates/operations: image/archive.rs ↔ jobs/follow_subject.rs",
    "crates/operations: image/archive.rs ↔ jobs/restore_image.rs",
    "crates/operations: image/removal.rs ↔ jobs/delete_referrers.rs",
];

#[test]
fn no_two_files_use_each_other() {
    let mut crates: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for Source { path, code, .. } in sources() {
        if let Some((room, file)) =
            path.split_once("/src/").filter(|_| !path.ends_with("generated.rs"))
        {
            crates.entry(room).or_default().push((file, code));
        }
    }
    let mut wrong = Vec::new();
    for (room, files) in crates {
        for (one, other) in Modules::read(files).circles() {
            wrong.push((format!("{room}: {one} ↔ {other}"), "they use each other".to_owned()));
        }
    }
    report_except("files that use each other", &wrong, PAIRS);
}
