//! The workloads, one to a file, each a row or two of the table of what fast means.
//!
//! A workload prepares every server, then takes one sample of each in turn, round after round.
//! Nothing that preparing costs is in a sample.

mod deep;
mod expiry;
mod fill;
mod lifecycle;
mod lists;
mod manifest_as_user;
mod manifest_by_tag;
mod memory;
mod metrics;
mod mixed;
mod pull_large;
mod pull_small;
mod push_large;
mod push_small;
mod rows;
mod start;
mod workload;

use crate::arguments::Plan;
pub(crate) use workload::{Floor, Room, Sample, Series, Unit, Workload};

/// Every workload, in the order in which they run.
pub(crate) fn all(plan: &Plan, nonce: [u8; 16]) -> Vec<Box<dyn Workload>> {
    vec![
        Box::new(manifest_by_tag::ManifestByTag::new(plan, nonce)),
        Box::new(manifest_as_user::ManifestAsUser::new(plan, nonce)),
        Box::new(pull_large::PullLarge::new(plan, nonce)),
        Box::new(push_large::PushLarge::new(plan, nonce)),
        Box::new(push_small::PushSmall::new(plan, nonce)),
        Box::new(pull_small::PullSmall::new(plan, nonce)),
        Box::new(mixed::Mixed::new(plan, nonce)),
        Box::new(lists::Lists::new(plan, nonce)),
        Box::new(deep::Deep::new(plan)),
        Box::new(lifecycle::Lifecycle::new(plan, nonce)),
        Box::new(expiry::Expiry::new(plan, nonce)),
        Box::new(start::Start::new(plan, nonce)),
        Box::new(memory::Memory::new(plan, nonce)),
    ]
}
