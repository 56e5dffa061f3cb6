//! Copies all rows and objects of an installation, or of a backup, into an empty database and
//! store.
//!
//! Rows come first, then the objects that they name, one by one. An object is copied as the file
//! that it is, and then read back completely from its new place, under the keyring that is used
//! there. Its content must hash to the digest in its row. If its KMS key cannot be used, its file
//! must be that of the source.
//!
//! # Invariants
//! * While anything is missing, the target says so in its own rows ([`db::Incoming`]), and no
//!   server serves it ([`require_complete`]). Only the last step marks it as complete.
//! * A target that holds anything else is refused before a row is written.
//! * The rows in the target hash to the same value as the rows of the source; both are read again
//!   from their engines.
//! * Unfinished uploads are not copied, because a parked upload belongs to its store. Their rows
//!   are left out (`rows`), and so are jobs about them and about objects to delete.
//! * Bytes in the archive storage of the source go to that of the target, or to its store if it has
//!   none; then the last step notes that they are in the store.
//! * The source is only read.
//!
//! # Who calls
//! The binary, which has opened both sides: the source so that nothing writes to it, the target
//! exclusively.
//!
//! # On a crash
//! Run it again, and it continues. Complete rows are not written again, unless the source's have
//! changed. Objects that were compared are not checked again. An object whose copy was cut off is
//! copied again from its start.

mod arrival;
mod error;
mod objects;
mod progress;
mod rows;
mod turn;

pub(crate) use arrival::{Departure, arrive};
pub use arrival::{Outcome, migrate, require_complete};
pub use error::MoveError;
pub(crate) use objects::{Expected, carry};
pub use progress::{Figures, Progress};
pub(crate) use rows::{Census, RowSource, carried};
