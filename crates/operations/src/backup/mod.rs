//! Backups: the state of one moment, each object and each stretch of rows once, however many backups name it.
//!
//! ```text
//! objects/KEY            objects, as the files that they are
//! rows/DIGEST            rows of a table, compressed lines of JSON, named by what the file hashes to
//! backups/ID             what a complete backup consists of
//! progress/DIGEST        nothing; its name says that the objects of those rows are here and were compared
//! ```
//! # Format
//! `rows/DIGEST` is gzip of lines: first `{"table": …, "columns": […]}`, then one array for each row, in the order of
//! the table's key. Numbers and texts are what they are in JSON; bytes are `{"b": "base64"}`. Standard tools read it,
//! and it says by itself what it holds. Where a file ends depends on the rows in it alone, so rows that did not change
//! are the same file in the next backup. `backups/ID` is one line of JSON and a line with its SHA-256.
//!
//! # Invariants
//! * A backup is complete when its manifest is there, and everything that a manifest names is there and was compared before.
//! * Rows are of one moment; objects are those that these rows name. Nobody deletes one while it is copied: a hold
//!   (`hold`) is in the rows before the moment is chosen, and jobs that delete objects wait for its end.
//! * Nothing of a keyring is here. A backup is of use only with a copy of the keyring, and knows which one.
//! * Unfinished uploads are not here: see [`crate::migrate`].
//!
//! # Who calls
//! The binary. A backup may be made while servers serve; one at a time (`turn`), and in one place those of one registry.
//!
//! # On a crash
//! A backup that was not completed leaves rows, objects and notes of progress, all of use to the next one, and a hold that
//! ends by itself. What no manifest names goes when old backups are removed.

mod chunk;
mod chunk_reader;
mod hold;
mod manifest;
mod place;
mod prune;
mod restore;
mod run;
mod turn;

pub(crate) use chunk_reader::ChunkReader;
pub use manifest::{BackupId, Manifest, find, list};
pub use place::BackupPlace;
pub use prune::Pruned;
pub use restore::restore;
pub use run::back_up;
