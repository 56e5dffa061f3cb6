//! Backups: the state of one moment, each object and each stretch of rows once, however many backups name it.
//!
//! ```text
//! objects/KEY            objects, as the files that they are
//! rows/NAME              rows of a table
//! backups/ID             what a complete backup consists of
//! progress/NAME          a note that the objects of those rows are here and were compared
//! ```
//! # Format
//! All but objects, which are sealed by themselves, is sealed under the keyring (`seal`). Under its seal `rows/NAME` is gzip of
//! lines: first `{"table": …, "columns": […]}`, then one array for each row, in the order of the table's key. Numbers and texts
//! are what they are in JSON; bytes are `{"b": "base64"}`. NAME is a keyed hash of that. Where a file ends depends on the rows in it
//! alone, so rows that did not change are the same file in the next backup. `backups/ID` is JSON under its seal.
//!
//! The version before sealed neither: there `rows/NAME` is the gzip itself, named by its SHA-256, and `backups/ID` is a line of JSON
//! and a line with its SHA-256. Such a backup is restored if the operator says so, and nothing is built upon it.
//!
//! # Invariants
//! * A backup is complete when its manifest is there, and everything that a manifest names is there and was compared before.
//! * A writer of the place without the keyring can remove a backup, but can neither read one nor pass another off as it: a file
//!   opens only under its own name, and the manifest says which files there are, and in which order.
//! * No file that is not sealed is trusted, and none is a reason to remove another.
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

mod cells;
mod chunk;
mod chunk_reader;
mod deployment;
pub mod fuzzing;
mod hold;
mod manifest;
mod place;
mod prune;
mod restore;
mod run;
mod seal;
mod turn;

pub(crate) use chunk_reader::ChunkReader;
pub(crate) use deployment::DEPLOYMENT;
pub use manifest::{BackupId, Listed, Manifest, find, list, names, root_key_of};
pub use place::BackupPlace;
pub use prune::Pruned;
pub use restore::restore;
pub use run::{Made, back_up};
