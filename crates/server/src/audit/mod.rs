//! Records of calls, in CloudTrail's shape: who did what, through which door, and how it ended.
//!
//! # Invariants
//! * Every call of a caller who was recognised leaves a record, whether it was allowed, denied or
//!   failed. A client without an account leaves none: there is no account to keep it in.
//! * A record tells no secret (`told.rs`).
//! * Reads that repeat within the two seconds between two writes are one record, which says how
//!   many there were (`log.rs`). All other calls have a record each.
//! * Records wait in memory, at most so many bytes, and of one account at most half of them. What
//!   finds no room is counted, and the count is a record, too (`gap.rs`).
//! * With `--audit required`, a call changes nothing before its record is in the rows, and none is
//!   answered without one (`recording.rs`).
//!
//! # Who calls
//! The doors note calls; a background task writes them down.
//!
//! # On a crash
//! The records of the last two seconds are lost, unless they are required.

mod call;
mod gap;
mod identity;
mod log;
mod moment;
mod read_only;
mod record;
mod recording;
mod told;
mod write_down;

pub(crate) use call::{Call, CallError, Door, Identity, Subject};
pub(crate) use log::CallLog;
pub(crate) use read_only::is_read_only;
pub(crate) use recording::Recording;
#[cfg(test)]
pub(crate) use told::WITHHELD;
pub(crate) use told::{Told, tell};
