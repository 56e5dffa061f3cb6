//! Managed policies and their versions.
//!
//! * A policy is identified by its ARN. Only an account's own policies can be changed; every
//!   account can read AWS's.

mod create_policy;
mod create_policy_version;
mod delete_policy;
mod delete_policy_version;
mod get_policy;
mod get_policy_version;
mod list_entities_for_policy;
mod list_policies;
mod list_policy_versions;
mod set_default_policy_version;

pub(in crate::doors::aws) use create_policy::CreatePolicy;
pub(in crate::doors::aws) use create_policy_version::CreatePolicyVersion;
pub(in crate::doors::aws) use delete_policy::DeletePolicy;
pub(in crate::doors::aws) use delete_policy_version::DeletePolicyVersion;
pub(in crate::doors::aws) use get_policy::GetPolicy;
pub(in crate::doors::aws) use get_policy_version::GetPolicyVersion;
pub(in crate::doors::aws) use list_entities_for_policy::ListEntitiesForPolicy;
pub(in crate::doors::aws) use list_policies::ListPolicies;
pub(in crate::doors::aws) use list_policy_versions::ListPolicyVersions;
pub(in crate::doors::aws) use set_default_policy_version::SetDefaultPolicyVersion;
