//! Lifecycle policies: which images of a repository expire, and which move to the archive.
//!
//! # Invariants
//! * A [`Document`] is sound: its priorities are unique and in order, each rule has one count and an action that the count
//!   allows, and no two rules of a storage class select by the same tags. It holds at most [`RULES_MAX`] rules.
//! * Bad input costs little: the length is checked before anything is read, and a pattern is matched in linear time.
//!
//! # Who calls
//! `operations`: to check what a client wants stored, and to give it back as AWS does.
//!
//! # On a crash
//! Nothing is left: there is no state.

mod canonical;
mod check;
mod document;
mod malformed;
mod pattern;
mod read;
mod schema;

pub use document::{Action, Count, Document, RULES_MAX, Rule, StorageClass, TagSelection};
pub use malformed::{Malformed, Unsound, Violation};
pub use pattern::{STARS_MAX, TagPattern};
pub use read::{TEXT_CHARS_MAX, TEXT_CHARS_MIN};
