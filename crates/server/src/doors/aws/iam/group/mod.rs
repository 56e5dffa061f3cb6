//! Groups and their members.
//!
//! * A membership is judged by the group alone, as in AWS; a list of a user's groups by the user.

mod add_user_to_group;
mod create_group;
mod delete_group;
mod get_group;
mod list_groups;
mod list_groups_for_user;
mod remove_user_from_group;
mod update_group;

pub(in crate::doors::aws) use add_user_to_group::AddUserToGroup;
pub(in crate::doors::aws) use create_group::CreateGroup;
pub(in crate::doors::aws) use delete_group::DeleteGroup;
pub(in crate::doors::aws) use get_group::GetGroup;
pub(in crate::doors::aws) use list_groups::ListGroups;
pub(in crate::doors::aws) use list_groups_for_user::ListGroupsForUser;
pub(in crate::doors::aws) use remove_user_from_group::RemoveUserFromGroup;
pub(in crate::doors::aws) use update_group::UpdateGroup;
