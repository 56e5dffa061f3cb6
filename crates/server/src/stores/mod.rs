//! Opens the stores that a configuration names, and checks that they belong together.
//!
//! # Invariants
//! * A folder is opened by one process only; the lock is taken before anything in it is read.
//!   Processes that only read share the lock, so that nothing is written at the same time. A backup
//!   reads beside the process that has the folder, and writes only its hold.
//! * Nothing is served with a keyring that does not open the sealed values in the rows: the first
//!   node leaves a sealed value there, and every later one has to open it.
//! * A keyring is made only for an empty folder: a new one could not open any existing layer.
//!
//! # On a crash
//! Folder, schema and sealed value each exist or not; the next start makes what is missing.

mod archive;
mod audit_trail;
mod beside;
mod data_folder;
mod error;
mod keyring;
mod objects;
mod open;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use audit_trail::open_audit_trail;
pub(crate) use beside::Beside;
pub(crate) use data_folder::keep_to_owner;
pub use error::StoresError;
pub(crate) use keyring::{external_keys, keyring_seal, open_keyring_as_it_is};
pub(crate) use objects::{open_blobs, open_bucket};
pub(crate) use open::{
    Keeping, Stores, hold_against_rows, open, open_as_is, open_as_is_keeping, open_keeping,
    require_complete,
};
pub(crate) use rows::DATABASE;
