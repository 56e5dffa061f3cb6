//! Checks whether rows and objects agree, and repairs them if they do not.
//!
//! There are three functions over [`Operations`](crate::Operations): [`check()`] reads and reports;
//! [`repair()`] repairs what can be repaired without losing anything; [`rebuild()`] recreates rows
//! from what objects say about themselves.
//!
//! # Invariants
//! * A check changes nothing. It reads rows and objects in pages, so its memory does not grow with
//!   them.
//! * A finding is one sentence with the fact and one that says what to do.
//! * Only what the operator asked to delete is deleted, one finding at a time.
//! * A rebuild adds rows and never changes an existing one, so it can be repeated.
//!
//! # Who calls
//! The binary, which has opened the database and the store exclusively: objects and rows that are
//! being written would look like faults.
//!
//! # On a crash
//! A check leaves nothing. A repair or a rebuild leaves whole steps; running it again does the
//! rest.

mod check;
mod check_images;
mod check_leftovers;
mod check_objects;
mod finding;
mod lost_rows;
mod rebuild;
mod rebuild_images;
mod rebuild_repositories;
mod recorded_image;
mod repair;

use names::MediaType;

use crate::PushedManifest;

pub use check::{Depth, Summary, check};
pub use finding::{Finding, Holder, Leftover, Severity};
pub use lost_rows::rows_are_lost;
pub use rebuild::{Rebuilt, rebuild};
pub use repair::{Repaired, repair};

/// Reads a manifest, as the doors do when it is pushed; `None` if it is none. Handed in, because
/// how manifests are spelled is the wire's business.
pub type ParseManifest<'a> = &'a (dyn Fn(&[u8], &MediaType) -> Option<PushedManifest> + Sync);
