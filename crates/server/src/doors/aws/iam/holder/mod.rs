//! The policies of users, groups and roles: attached and inline.
//!
//! * The same seven operations exist for each of the three holders and do the same. Each is written
//!   once, in a file named after the verb of `crate::iam` that it calls, with one line for each
//!   holder.
//! * A holder is identified by its name, and authorised by its stored ARN.

#[macro_use]
mod for_each_holder;

mod attach_policy;
mod delete_inline_policy;
mod detach_policy;
mod get_inline_policy;
mod list_attached_policies;
mod list_inline_policies;
mod put_inline_policy;

pub(in crate::doors::aws) use attach_policy::{
    AttachGroupPolicy, AttachRolePolicy, AttachUserPolicy,
};
pub(in crate::doors::aws) use delete_inline_policy::{
    DeleteGroupPolicy, DeleteRolePolicy, DeleteUserPolicy,
};
pub(in crate::doors::aws) use detach_policy::{
    DetachGroupPolicy, DetachRolePolicy, DetachUserPolicy,
};
pub(in crate::doors::aws) use get_inline_policy::{GetGroupPolicy, GetRolePolicy, GetUserPolicy};
pub(in crate::doors::aws) use list_attached_policies::{
    ListAttachedGroupPolicies, ListAttachedRolePolicies, ListAttachedUserPolicies,
};
pub(in crate::doors::aws) use list_inline_policies::{
    ListGroupPolicies, ListRolePolicies, ListUserPolicies,
};
pub(in crate::doors::aws) use put_inline_policy::{PutGroupPolicy, PutRolePolicy, PutUserPolicy};
