//! Files that say what an image has: databases of package managers, descriptions of installed
//! packages, programs and archives that name what they were built from.
//!
//! # Invariants
//! * A parser takes the bytes of one file and returns what it could read, with what it could not.
//!   It never fails as a whole, never panics, and takes time and memory in proportion to its input,
//!   within `Bounds`.
//! * A name or version that cannot be one (control characters, megabytes) is a problem, not a
//!   package.

mod apk;
mod binary;
mod dotnet;
mod dpkg;
mod fields;
mod go;
mod java;
mod listing;
mod node;
mod php;
mod python;
mod read_file;
mod rpm;
mod ruby;
mod rust;
mod vendors;
mod wanted;

pub(crate) use read_file::read_file;
pub(crate) use wanted::{BINARY_START_BYTES, Wanted};
