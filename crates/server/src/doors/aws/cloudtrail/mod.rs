//! CloudTrail: what happened in the caller's account and Region, and the trail that delivers it.
//! One file, one operation.

pub(super) mod describe_trails;
pub(super) mod get_trail_status;
pub(super) mod list_public_keys;
pub(super) mod lookup_events;
mod trail_arn;
