//! Access keys.
//!
//! * An input without a user name concerns the caller.

mod create_access_key;
mod delete_access_key;
mod get_access_key_last_used;
mod list_access_keys;
mod update_access_key;

pub(in crate::doors::aws) use create_access_key::CreateAccessKey;
pub(in crate::doors::aws) use delete_access_key::DeleteAccessKey;
pub(in crate::doors::aws) use get_access_key_last_used::GetAccessKeyLastUsed;
pub(in crate::doors::aws) use list_access_keys::ListAccessKeys;
pub(in crate::doors::aws) use update_access_key::UpdateAccessKey;
