//! Later, once, somewhere: the durable queue.
//!
//! # Invariants
//! * A job is a row, written in the transaction that causes it: it is queued if and only if the cause is true.
//! * A job runs at least once, so its body is idempotent. Two runs of one job never end it twice: whoever
//!   claims it takes a new fencing number, and only the newest may say how it ended.
//! * The same job about the same thing is queued once. Asking again while it runs makes it run again.
//! * Lanes are bounded: a flood in one starves no other, and none starves a pull.
//! * A job that keeps failing is given up, with its reason, and stays listed until somebody acts.
//!
//! # Who calls
//! `operations` queues jobs and holds their bodies; the server runs one [`Runner`] for each lane.
//! Nothing here knows what a job does.
//!
//! # On a crash
//! A job that was running is claimed again when its lease has run out.

mod job;
mod runner;

pub use job::{Job, JobFault, Lane, enqueue, forget, take_back};
pub use runner::{JobBodies, Outcome, Runner, RunnerCounts};
