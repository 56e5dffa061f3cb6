//! All rows, table by table, whatever they mean: how a whole database gets into another one, or into a backup.
//!
//! # Invariants
//! * [`TABLES`] names every table, its columns and its key. A table or column of a migration that is not there fails a test.
//! * A [`Snapshot`] is one moment: one read transaction, on a connection of its own, however long it takes.
//! * Tables come in an order in which what is referred to is there before what refers to it.
//! * Both engines give the same rows in the same order: that of the key's bytes and numbers.
//!
//! # Who calls
//! `operations`, for migrations and backups. Nobody else: a verb names its table in `rows`.
//!
//! # On a crash
//! A snapshot leaves nothing. Rows that were written are there.

mod catalogue;
mod cell;
pub(crate) mod snapshot;
mod write;

pub use catalogue::{Stays, TABLES, Table};
pub use cell::Cell;
pub use snapshot::{Piece, Snapshot};
