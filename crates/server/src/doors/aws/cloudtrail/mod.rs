//! CloudTrail: what happened in the caller's account and Region. One file, one operation.

pub(super) mod lookup_events;
