//! The trail: records leave as CloudTrail's log files and signed digest files.
//!
//! # Invariants
//! * A record that is written while there is a trail is written together with the fact that it is
//!   to be delivered, in whichever process. It is not forgotten before a log file has it.
//! * What a file says is in the rows before it is written, and stays there until it was: a file is
//!   written twice with the same bytes, or not at all. Records that go into a log file stop being
//!   undelivered in the transaction that keeps the file.
//! * A digest file names log files that were written, each of them once, and the digest file before
//!   it. A registry has one chain: the next digest file is made when the one before was written,
//!   and only if no other run has made it.
//! * If the destination holds a digest file that the rows do not know, because they come from a
//!   backup, the next digest file begins a chain, which forks nothing.
//! * Files are named relative to the prefix of the trail.
//!
//! # Who calls
//! The job (`jobs/deliver_audit_records.rs`) delivers. A start settles which trail there is. The
//! doors describe it, and read its files.
//!
//! # On a crash
//! A file that was not written, or of which the rows do not know that it was, is written by the
//! next run.

mod deliver;
mod destination;
mod digest_file;
mod file_names;
mod log_file;
mod settle;
mod signing_keys;
mod status;
mod verify;

pub(crate) use deliver::Undelivered;
pub use destination::{TrailChoice, TrailDestination};
pub use signing_keys::TrailKey;
pub use status::{TrailFile, TrailStatus};
pub use verify::{CheckedTrail, TrailCheck, TrailFileKind, TrailProblem, verify_trail};
