//! Users.
//!
//! * A user is identified by its name, and authorised by its stored ARN.

mod create_user;
mod delete_user;
mod delete_user_permissions_boundary;
mod get_user;
mod list_users;
mod put_user_permissions_boundary;
mod update_user;

pub(in crate::doors::aws) use create_user::CreateUser;
pub(in crate::doors::aws) use delete_user::DeleteUser;
pub(in crate::doors::aws) use delete_user_permissions_boundary::DeleteUserPermissionsBoundary;
pub(in crate::doors::aws) use get_user::GetUser;
pub(in crate::doors::aws) use list_users::ListUsers;
pub(in crate::doors::aws) use put_user_permissions_boundary::PutUserPermissionsBoundary;
pub(in crate::doors::aws) use update_user::UpdateUser;
