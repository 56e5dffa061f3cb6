//! The durable queue: work that runs later, at least once, on any node.
//!
//! # Invariants
//! * A job is a row, written in the transaction that causes it. It is queued if and only if the
//!   cause is true.
//! * A job runs at least once, so its body is idempotent. Two runs never both end it: each claim
//!   has a new fencing number, and only the newest claim may report the outcome.
//! * The same job about the same subject is queued once. Queueing it again while it runs makes it
//!   run once more afterwards.
//! * A body's lease is renewed while it runs. A body whose lease is lost is stopped.
//! * Lanes are pools of bounded size. A place is free again as soon as its job ends, so a slow job
//!   holds only one place.
//! * The causes of jobs take turns in a lane, and no cause can hold all places: a flood of jobs
//!   delays only itself.
//! * Small jobs of one kind and one cause run together, which costs a few transactions for many of
//!   them. What failed once runs alone.
//! * A job that keeps failing is given up, with its reason, and stays listed until an operator
//!   acts.
//!
//! # Who calls
//! `operations` queues jobs and holds their bodies; the server runs one [`Runner`] for each lane.
//! This crate does not know what a job does.
//!
//! # On a crash
//! A running job is claimed again when its lease has ended. The next process over a folder, which
//! no two use, ends the leases of the one before as it starts.

mod job;
mod lane;
mod pace;
mod runner;

pub use job::{Job, JobFault, Moves, enqueue, forget, take_back};
pub use lane::Lane;
pub use pace::Pace;
pub use runner::{JobBodies, Outcome, Runner, RunnerCounts};
