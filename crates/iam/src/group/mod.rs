//! Groups and their members.
//!
//! * A member has the group's policies as soon as its membership is committed.
//! * A group that still has members or policies cannot be deleted.

mod group_member;
mod groups;

pub(crate) use group_member::GROUPS_PER_USER_MAX;
pub(crate) use groups::{GROUPS_MAX, require_group};
