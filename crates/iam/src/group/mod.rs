//! Groups and their members.
//!
//! * A member has the group's policies from the commit of its membership on.
//! * A group that still has members or policies cannot be deleted.

mod group_member;
mod groups;

pub(crate) use group_member::GROUPS_PER_USER_MAX;
pub(crate) use groups::{GROUPS_MAX, require_group};
