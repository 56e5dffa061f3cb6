//! Longshore's own administration API, for which AWS uses other services. One file, one operation.
//!
//! # Invariants
//! * Accounts, background jobs, advisories and the keyring are managed from the first account,
//!   which is the server's default one. A caller of another account is refused, whatever its
//!   policies say.
//!
//! # Who calls
//! `dispatch`.
//!
//! # On a crash
//! There is no state here.

pub(super) mod close_account;
pub(super) mod create_account;
pub(super) mod delete_pull_gate;
pub(super) mod describe_keyring;
pub(super) mod describe_rekey;
pub(super) mod explain_access;
pub(super) mod explain_decision;
pub(super) mod explain_pull;
pub(super) mod explain_retention;
pub(super) mod explain_vulnerability;
pub(super) mod get_image_sbom;
pub(super) mod get_pull_gate;
pub(super) mod import_advisories;
pub(super) mod list_accounts;
pub(super) mod list_advisory_sources;
pub(super) mod list_dead_letters;
pub(super) mod list_deleted_images;
pub(super) mod list_events;
pub(super) mod list_jobs;
pub(super) mod list_tag_history;
pub(super) mod put_pull_gate;
pub(super) mod redrive_dead_letters;
pub(super) mod rekey_repository;
pub(super) mod remove_root_key;
pub(super) mod replay_events;
mod restorable;
pub(super) mod restore_image;
pub(super) mod retry_job;
pub(super) mod roll_back_tag;
pub(super) mod rotate_root_key;

mod explained;
mod first_account;
mod image_status;
mod told_denial;
mod written_pull_gate;
mod written_rekey;

pub(crate) use told_denial::for_all as denial_for_all;
