//! Secrets Manager: one file, one operation.
//!
//! * What a call is about is a secret ([`on_secret::OnSecret`]). It is looked up before the guard
//!   is asked, with its policy and its tags, so that the guard judges the secret itself, however
//!   the caller names it. A call about a secret that is not there is judged by the policies of its
//!   account.

pub(super) mod create_secret;
pub(super) mod delete_resource_policy;
pub(super) mod delete_secret;
pub(super) mod describe_secret;
mod done;
pub(super) mod get_random_password;
pub(super) mod get_resource_policy;
pub(super) mod get_secret_value;
pub(super) mod list_secret_version_ids;
pub(super) mod list_secrets;
mod on_secret;
pub(super) mod put_resource_policy;
pub(super) mod put_secret_value;
mod read;
pub(super) mod restore_secret;
mod secret_filters;
pub(super) mod tag_resource;
pub(super) mod untag_resource;
pub(super) mod update_secret;
mod written;
