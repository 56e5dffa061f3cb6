//! IAM: one folder, one noun; one file, one operation.
//!
//! * The subject of an operation is a [`Target`](super::call::Target). It is looked up before the
//!   guard is asked, so that the guard judges its stored ARN, however the caller spells it.

pub(super) mod absent;
pub(super) mod access_key;
pub(super) mod account;
pub(super) mod group;
pub(super) mod holder;
pub(super) mod instance_profile;
pub(super) mod policy;
pub(super) mod provider;
pub(super) mod role;
pub(super) mod simulation;
pub(super) mod tag;
pub(super) mod user;

mod entity;
mod filed;
mod lists;
mod moved;
mod pass_role;
mod people;
mod read;
mod tagging;
mod unavailable;
mod whom;
mod written;

pub(super) use pass_role::require_pass_role;
