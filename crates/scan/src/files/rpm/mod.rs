//! rpm's database, in the three forms that images have: a file of SQLite (`rpmdb.sqlite`), rpm's
//! own (`Packages.db`, SUSE), and a hash of Berkeley DB (`Packages`, before 2021). Each holds the
//! header of every package as one blob.
//!
//! The forms are read here, from bytes, because the libraries that know them take a path and trust
//! what they find there.

mod bdb;
mod header;
mod manifest;
mod ndb;
mod numbers;
mod sqlite;

pub(crate) use bdb::read_bdb;
pub(crate) use manifest::read_manifest;
pub(crate) use ndb::read_ndb;
pub(crate) use sqlite::{read_log, read_sqlite};
