//! The promises of the queue.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod claims;
mod failures;
mod fairness;
mod office;
mod queueing;
