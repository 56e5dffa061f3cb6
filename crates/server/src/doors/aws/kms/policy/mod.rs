//! Policies of keys.
//!
//! * They are for principals of the key's own account alone.

mod get_key_policy;
mod list_key_policies;
mod put_key_policy;

pub(in crate::doors::aws) use get_key_policy::GetKeyPolicy;
pub(in crate::doors::aws) use list_key_policies::ListKeyPolicies;
pub(in crate::doors::aws) use put_key_policy::PutKeyPolicy;

/// The only name of a policy.
const DEFAULT: &str = "default";
