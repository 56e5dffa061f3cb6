//! Aliases.
//!
//! * An alias is authorised by its own ARN, which the account's policies alone are about, and then
//!   by the key that it is for.

mod aliased;
mod create_alias;
mod delete_alias;
mod list_aliases;
mod update_alias;

pub(in crate::doors::aws) use create_alias::CreateAlias;
pub(in crate::doors::aws) use delete_alias::DeleteAlias;
pub(in crate::doors::aws) use list_aliases::ListAliases;
pub(in crate::doors::aws) use update_alias::UpdateAlias;
