//! What IAM does: users, groups, roles, policies, and who may do what.

pub(crate) mod attachment;
pub(crate) mod authorization_details;
pub(crate) mod boundary;
mod documents;
pub(crate) mod entity_tags;
pub(crate) mod group;
pub(crate) mod holder;
pub(crate) mod inline_policy;
pub(crate) mod instance_profile;
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

pub use simulated_policies::PolicySource;
