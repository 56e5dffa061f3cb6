//! Keys.
//!
//! * What changes a key is for principals of its own account alone.

mod cancel_key_deletion;
mod create_key;
mod describe_key;
mod disable_key;
mod enable_key;
mod list_keys;
mod schedule_key_deletion;
mod update_key_description;

pub(in crate::doors::aws) use cancel_key_deletion::CancelKeyDeletion;
pub(in crate::doors::aws) use create_key::CreateKey;
pub(in crate::doors::aws) use describe_key::DescribeKey;
pub(in crate::doors::aws) use disable_key::DisableKey;
pub(in crate::doors::aws) use enable_key::EnableKey;
pub(in crate::doors::aws) use list_keys::ListKeys;
pub(in crate::doors::aws) use schedule_key_deletion::ScheduleKeyDeletion;
pub(in crate::doors::aws) use update_key_description::UpdateKeyDescription;
