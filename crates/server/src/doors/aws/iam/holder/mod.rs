//! The policies of users, groups and roles: attached and inline.
//!
//! * The same seven operations exist for each of the three holders and do the same.

mod attach_group_policy;
mod attach_role_policy;
mod attach_user_policy;
mod delete_group_policy;
mod delete_role_policy;
mod delete_user_policy;
mod detach_group_policy;
mod detach_role_policy;
mod detach_user_policy;
mod get_group_policy;
mod get_role_policy;
mod get_user_policy;
mod list_attached_group_policies;
mod list_attached_role_policies;
mod list_attached_user_policies;
mod list_group_policies;
mod list_role_policies;
mod list_user_policies;
mod put_group_policy;
mod put_role_policy;
mod put_user_policy;

pub(in crate::doors::aws) use attach_group_policy::AttachGroupPolicy;
pub(in crate::doors::aws) use attach_role_policy::AttachRolePolicy;
pub(in crate::doors::aws) use attach_user_policy::AttachUserPolicy;
pub(in crate::doors::aws) use delete_group_policy::DeleteGroupPolicy;
pub(in crate::doors::aws) use delete_role_policy::DeleteRolePolicy;
pub(in crate::doors::aws) use delete_user_policy::DeleteUserPolicy;
pub(in crate::doors::aws) use detach_group_policy::DetachGroupPolicy;
pub(in crate::doors::aws) use detach_role_policy::DetachRolePolicy;
pub(in crate::doors::aws) use detach_user_policy::DetachUserPolicy;
pub(in crate::doors::aws) use get_group_policy::GetGroupPolicy;
pub(in crate::doors::aws) use get_role_policy::GetRolePolicy;
pub(in crate::doors::aws) use get_user_policy::GetUserPolicy;
pub(in crate::doors::aws) use list_attached_group_policies::ListAttachedGroupPolicies;
pub(in crate::doors::aws) use list_attached_role_policies::ListAttachedRolePolicies;
pub(in crate::doors::aws) use list_attached_user_policies::ListAttachedUserPolicies;
pub(in crate::doors::aws) use list_group_policies::ListGroupPolicies;
pub(in crate::doors::aws) use list_role_policies::ListRolePolicies;
pub(in crate::doors::aws) use list_user_policies::ListUserPolicies;
pub(in crate::doors::aws) use put_group_policy::PutGroupPolicy;
pub(in crate::doors::aws) use put_role_policy::PutRolePolicy;
pub(in crate::doors::aws) use put_user_policy::PutUserPolicy;
