//! Policies of repositories and of the registry.
//!
//! * A policy is shown in ECR's format, with the ARNs of users and roles.

mod delete_registry_policy;
mod delete_repository_policy;
mod get_registry_policy;
mod get_repository_policy;
mod policy_text;
mod put_registry_policy;
mod set_repository_policy;

pub(in crate::doors::aws) use delete_registry_policy::DeleteRegistryPolicy;
pub(in crate::doors::aws) use delete_repository_policy::DeleteRepositoryPolicy;
pub(in crate::doors::aws) use get_registry_policy::GetRegistryPolicy;
pub(in crate::doors::aws) use get_repository_policy::GetRepositoryPolicy;
pub(in crate::doors::aws) use put_registry_policy::PutRegistryPolicy;
pub(in crate::doors::aws) use set_repository_policy::SetRepositoryPolicy;
