//! Whether rows and objects agree, and what to do where they do not.
//!
//! Three things, each a function over [`Operations`](crate::Operations): [`check()`] reads and tells, [`repair()`]
//! mends what can be mended without losing anything, [`rebuild()`] makes rows anew out of what objects say of
//! themselves.
//!
//! # Invariants
//! * A check changes nothing. It goes through rows and objects in pages, so its memory does not grow with them.
//! * A finding is a fact in a sentence, and what to do about it is in the next one.
//! * Nothing is deleted but what somebody asked to have deleted, one finding at a time.
//! * A rebuild adds rows and never changes one that is there, so it can be run again.
//!
//! # Who calls
//! The binary, which has opened database and store for itself alone: objects and rows that are being
//! written would look like faults.
//!
//! # On a crash
//! A check leaves nothing. A repair or a rebuild leaves whole steps; running it again does the rest.

mod check;
mod check_images;
mod check_leftovers;
mod check_objects;
mod finding;
mod lost_rows;
mod rebuild;
mod rebuild_images;
mod repair;

use names::MediaType;

use crate::PushedManifest;

pub use check::{Depth, Summary, check};
pub use finding::{Finding, Holder, Leftover, Severity};
pub use lost_rows::rows_are_lost;
pub use rebuild::{Rebuilt, rebuild};
pub use repair::{Repaired, repair};

/// Reads a manifest, as the doors do when it is pushed; `None` if it is none. Handed in, because how
/// manifests are spelled is the wire's business.
pub type ParseManifest<'a> = &'a (dyn Fn(&[u8], &MediaType) -> Option<PushedManifest> + Sync);
