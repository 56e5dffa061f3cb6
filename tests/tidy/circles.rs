//! No two files of a crate use each other, so that each can be read after those that it uses.

use std::collections::BTreeMap;

use crate::report::report_except;
use crate::source::{Source, sources};
use crate::uses::Modules;

/// Pairs that are one thing in two files, and those that are still to be parted.
const PAIRS: &[&str] = &[
    "crates/iam: session/assume_role.rs ↔ session/role_denied.rs",
    "crates/operations: backup/manifest.rs ↔ backup/seal.rs",
    "crates/operations: backup/prune.rs ↔ backup/run.rs",
    "crates/operations: fsck/rebuild.rs ↔ fsck/rebuild_images.rs",
    "crates/operations: image/batch_delete_image.rs ↔ image/removal.rs",
    "crates/policy: iam/condition/check.rs ↔ iam/condition/operator.rs",
    "crates/policy: iam/condition/check.rs ↔ iam/condition/values.rs",
    "crates/policy: iam/document.rs ↔ iam/resource.rs",
    "crates/policy: lifecycle/check.rs ↔ lifecycle/read.rs",
    "crates/policy: lifecycle/count.rs ↔ lifecycle/evaluator.rs",
    "crates/policy: lifecycle/evaluator.rs ↔ lifecycle/settle.rs",
    "crates/policy: lifecycle/malformed.rs ↔ lifecycle/read.rs",
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
