//! AWS's own managed policies, as far as they concern a registry and its administrators.
//!
//! # Invariants
//! * Names, paths, versions, dates and documents are AWS's. Each document is a separate file beside
//!   this one.
//! * They cannot be changed: they are part of the program.
//!
//! # Who calls
//! The verbs of managed policies and attachments, and the code that gathers the policies of a
//! principal.
//!
//! # On a crash
//! There is no state.

mod list;

pub(crate) use list::{ALL, AwsManagedPolicy, find};
