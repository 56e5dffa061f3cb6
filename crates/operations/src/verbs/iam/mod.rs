//! IAM: one file, one family of verbs.

pub(crate) mod access_key;
pub(crate) mod account;
pub(crate) mod account_summary;
pub(crate) mod attachment;
pub(crate) mod authorization_details;
pub(crate) mod boundary;
mod documents;
pub(crate) mod entity_standing;
pub(crate) mod entity_tags;
pub(crate) mod group;
pub(crate) mod group_member;
pub(crate) mod holder;
pub(crate) mod inline_policy;
pub(crate) mod instance_profile;
pub(crate) mod key_use;
pub(crate) mod known_key;
pub(crate) mod list_entities_for_policy;
pub(crate) mod managed_policy;
pub(crate) mod oidc_provider;
pub(crate) mod page;
mod page_of;
mod policy_arn;
pub(crate) mod policy_version;
pub(crate) mod role;
pub(crate) mod simulate;
mod simulated_policies;
pub(crate) mod tags;
mod trust_policy;
pub(crate) mod user;
pub(crate) mod user_tags;

pub use simulated_policies::PolicySource;
