//! IAM: one file, one family of verbs.

pub(crate) mod access_key;
pub(crate) mod account;
pub(crate) mod account_summary;
pub(crate) mod group;
pub(crate) mod group_member;
pub(crate) mod key_use;
pub(crate) mod known_key;
pub(crate) mod page;
pub(crate) mod tags;
pub(crate) mod user;
pub(crate) mod user_tags;
