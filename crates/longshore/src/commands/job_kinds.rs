//! The names of all kinds of jobs, for the refusal of another name.

/// In alphabetical order.
pub(super) const KINDS: [&str; 27] = [
    "abandon_upload",
    "apply_lifecycle_policy",
    "conclude_scans",
    "delete_object",
    "delete_referrers",
    "deliver_audit_records",
    "deliver_events",
    "erase_repository",
    "follow_subject",
    "forget_audit_records",
    "forget_deleted_images",
    "forget_events",
    "forget_inventory",
    "forget_tag_moves",
    "import_upstream_image",
    "judge_packages",
    "move_archived_bytes",
    "move_blob",
    "preview_lifecycle_policy",
    "reclaim_blob",
    "record_image",
    "rekey_repository",
    "reseal_rows",
    "restore_image",
    "review_repository_blob",
    "scan_image",
    "scan_recent_images",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The file of each kind has its name, which the tidy tests hold.
    #[test]
    fn every_kind_of_job_is_named() {
        let bodies = include_str!("../../../operations/src/jobs/bodies.rs");
        let lines = bodies.lines().filter_map(|line| line.trim().strip_prefix("super::"));
        let mut kinds: Vec<&str> =
            lines.filter_map(|line| Some(line.split_once("::")?.0)).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, KINDS);
    }
}
