//! Roles.
//!
//! * A role is identified by its name, and authorised by its stored ARN.

mod create_role;
mod delete_role;
mod delete_role_permissions_boundary;
mod get_role;
mod list_roles;
mod put_role_permissions_boundary;
mod update_assume_role_policy;
mod update_role;
mod update_role_description;

pub(in crate::doors::aws) use create_role::CreateRole;
pub(in crate::doors::aws) use delete_role::DeleteRole;
pub(in crate::doors::aws) use delete_role_permissions_boundary::DeleteRolePermissionsBoundary;
pub(in crate::doors::aws) use get_role::GetRole;
pub(in crate::doors::aws) use list_roles::ListRoles;
pub(in crate::doors::aws) use put_role_permissions_boundary::PutRolePermissionsBoundary;
pub(in crate::doors::aws) use update_assume_role_policy::UpdateAssumeRolePolicy;
pub(in crate::doors::aws) use update_role::UpdateRole;
pub(in crate::doors::aws) use update_role_description::UpdateRoleDescription;
