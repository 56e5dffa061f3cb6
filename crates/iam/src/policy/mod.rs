//! Policies of users, groups and roles: managed ones and their versions, inline ones, attachments
//! and boundaries.
//!
//! * Every stored document was parsed first (`policy::IdentityPolicy`), and is within IAM's quota.
//! * AWS's managed policies belong to no account and cannot be changed.
//! * A managed policy that is attached or used as a boundary cannot be deleted.

mod attachment;
mod boundary;
mod documents;
mod find_managed;
mod holder;
mod inline_policy;
mod list_entities_for_policy;
mod managed_policy;
mod policy_version;

pub use boundary::Bounded;
pub use holder::PolicyHolder;
pub use list_entities_for_policy::{EntityFilter, PolicyEntity};
pub use managed_policy::{ManagedPolicy, NewManagedPolicy, PolicyFilter, PolicyScope, PolicyUsage};
pub use policy_version::PolicyVersion;

pub(crate) use documents::require_document;
pub(crate) use find_managed::{Found, find_managed, require_boundary, require_local};
pub(crate) use policy_version::list_versions;
