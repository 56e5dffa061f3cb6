//! Later, once, somewhere: the durable queue.
//!
//! # Invariants
//! * A job is a row, written in the transaction that causes it: it is queued if and only if the cause is true.
//! * A job runs at least once, so its body is idempotent. Two runs of one job never end it twice: each claim has a new
//!   fencing number, and only the newest may say how the job ended.
//! * The same job about the same thing is queued once. Asking again while it runs makes it run again, afterwards.
//! * A body's lease is renewed while it runs. A body whose lease is lost is stopped.
//! * Lanes are bounded pools whose places are filled again as each job ends: one slow job holds one place.
//! * The causes of jobs take turns in a lane, and none has all of its places: a flood waits for itself.
//! * A job that keeps failing is given up, with its reason, and stays listed until an operator acts.
//!
//! # Who calls
//! `operations` queues jobs and holds their bodies; the server runs one [`Runner`] for each lane.
//! Nothing here knows what a job does.
//!
//! # On a crash
//! A job that was running is claimed again when its lease has run out.

mod job;
mod lane;
mod runner;

pub use job::{Job, JobFault, Moves, enqueue, forget, take_back};
pub use lane::Lane;
pub use runner::{JobBodies, Outcome, Runner, RunnerCounts};
