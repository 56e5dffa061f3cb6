//! Moving in: all rows and objects of one installation, or of a backup, into another's empty database and store.
//!
//! Rows come first, then the objects that they name, one by one: an object is copied as the file that it is and then
//! read whole from where it now lies, under the keyring that is used there. What its content hashes to must be what
//! its row says.
//!
//! # Invariants
//! * While anything is missing the target says so in its own rows ([`db::Incoming`]), and no server serves it
//!   ([`require_complete`]). Nothing else marks it as whole but the last step.
//! * A target that holds anything else is refused before a row is written.
//! * The rows in the target hash to what the rows of the source hash to: both are read again from their engines.
//! * Unfinished uploads stay: what is parked of them belongs to a store. Their rows, and the jobs about them and about objects
//!   that are to be deleted, are left out ([`rows`]).
//! * The source is only read.
//!
//! # Who calls
//! The binary, which has opened both sides: the source so that nobody writes to it, the target for itself alone.
//!
//! # On a crash
//! Running it again goes on. Rows that are all there are not written again, unless the source has others by now; objects
//! that were compared are not looked at again; one that was cut off is begun anew.

mod arrival;
mod error;
mod objects;
mod progress;
mod rows;

pub(crate) use arrival::{Departure, arrive};
pub use arrival::{Outcome, migrate, require_complete};
pub use error::MoveError;
pub(crate) use objects::{Expected, carry};
pub use progress::{Figures, Progress};
pub(crate) use rows::{Census, RowSource, carried};
