//! Backups: the state of one moment. Each object and each stretch of rows is stored once, however
//! many backups name it.
//!
//! ```text
//! objects/KEY            objects, as the files that they are
//! rows/NAME              rows of a table
//! backups/ID             the manifest of a complete backup
//! progress/NAME          a note that the objects of those rows are here and were compared
//! ```
//! # Format
//! Everything is sealed under the keyring (`seal`), except objects, which are sealed already. Under
//! its seal, `rows/NAME` is gzip of lines: first `{"table": …, "columns": […]}`, then one array for
//! each row, in the order of the table's key. Numbers and texts are JSON numbers and strings; bytes
//! are `{"b": "base64"}`. NAME is a keyed hash of that. Where a file ends depends only on the rows
//! in it, so unchanged rows are the same file in the next backup. `backups/ID` is JSON under its
//! seal.
//!
//! The previous version sealed neither: there, `rows/NAME` is the gzip itself, named by its
//! SHA-256, and `backups/ID` is a line of JSON and a line with its SHA-256. Such a backup is
//! restored only if the operator says so, and no new backup builds on it.
//!
//! # Invariants
//! * A backup is complete when its manifest is there. Everything that a manifest names was there
//!   and was compared before.
//! * A person who can write to the place but has no keyring can remove a backup, but can neither
//!   read one nor replace it by another: a file opens only under its own name, and the manifest
//!   lists the files and their order.
//! * A file that is not sealed is never trusted, and never causes another to be removed.
//! * Rows are of one moment; objects are those that these rows name. No object is deleted while it
//!   is copied: a hold (`hold`) is in the rows before the moment is chosen, and jobs that delete
//!   objects wait for its end.
//! * A backup contains nothing of a keyring. It can be read only with a copy of the keyring, and
//!   names which one.
//! * Unfinished uploads are not included: see [`crate::migrate`].
//!
//! # Who calls
//! The binary. A backup can run while servers serve; only one runs at a time (`turn`), and a place
//! holds the backups of one registry.
//!
//! # On a crash
//! An incomplete backup leaves rows, objects and notes of progress, which the next one uses, and a
//! hold that expires. Files that no manifest names are removed when old backups are removed.

mod cells;
mod chunk;
mod chunk_reader;
mod deployment;
pub mod fuzzing;
mod hold;
mod manifest;
mod named_objects;
mod place;
mod prune;
mod restore;
mod run;
mod seal;
mod turn;

pub(crate) use chunk_reader::ChunkReader;
pub(crate) use deployment::DEPLOYMENT;
pub use manifest::{BackupId, Listed, Manifest, find, list, names, require_registry, root_key_of};
pub use place::BackupPlace;
pub use prune::Pruned;
pub use restore::restore;
pub use run::{Made, back_up};
