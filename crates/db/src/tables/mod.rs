//! All rows, table by table, regardless of their meaning: copies a whole database to another, or to
//! a backup.
//!
//! # Invariants
//! * [`TABLES`] names every table, its columns and its key. If a migration's table or column is
//!   missing there, a test fails.
//! * A [`Snapshot`] is one moment: one read transaction on a separate connection, however long it
//!   takes.
//! * Tables are in an order in which referenced rows come before the rows that refer to them.
//! * Both engines give the same rows in the same order: that of the key's bytes and numbers.
//!
//! # Who calls
//! Only `operations`, for migrations and backups. A verb names its table in `rows`.
//!
//! # On a crash
//! A snapshot leaves nothing. Rows that were written are there.

mod catalogue;
mod cell;
mod lookup;
pub(crate) mod snapshot;
mod table;
mod write;

pub use catalogue::TABLES;
pub use cell::Cell;
pub use snapshot::{Piece, Snapshot};
pub use table::{Stays, Table};
