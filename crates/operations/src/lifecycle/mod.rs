//! Lifecycle policies of repositories: put, previewed, and carried out.
//!
//! * A preview and a run judge alike (`evaluation.rs`): they read images page by page, and keep a
//!   few hundred bytes of each.
//! * A stored policy is in ECR's canonical text, and is sound. A preview keeps its text as it came.
//! * A run expires an image only if the rule still takes it in the transaction that deletes it
//!   (`expiry.rs`): pushes, pulls and changes of the policy go on meanwhile. It writes down why in
//!   the same transaction, and tells it as CloudTrail does (`events.rs`).

pub(crate) mod act;
pub(crate) mod delete_lifecycle_policy;
pub(crate) mod evaluation;
pub(crate) mod events;
pub(crate) mod expiry;
pub(crate) mod explain_retention;
pub(crate) mod get_lifecycle_policy;
pub(crate) mod get_lifecycle_policy_preview;
pub(crate) mod put_lifecycle_policy;
mod reason;
pub(crate) mod refusal;
pub(crate) mod start_lifecycle_policy_preview;
mod still_taken;
