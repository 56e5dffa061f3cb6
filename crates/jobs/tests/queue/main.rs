//! The promises of the queue.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod batches;
mod claims;
mod failures;
mod fairness;
mod office;
mod queueing;
