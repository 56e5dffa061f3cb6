//! The managed policies that AWS gives every account, as far as they speak of a registry and of who may
//! administer it.
//!
//! # Invariants
//! * Names, paths, versions, dates and documents are AWS's. Each document is a file of its own beside this one.
//! * Nobody changes them: they are part of the program.
//!
//! # Who calls
//! The verbs of managed policies and attachments, and whoever gathers the policies of a principal.
//!
//! # On a crash
//! Nothing is left: there is no state.

mod list;

pub(crate) use list::{ALL, AwsManagedPolicy, find};
