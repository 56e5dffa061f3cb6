//! The OCI door: distribution-spec 1.1 under `/v2/`.
//!
//! # Invariants
//! * A request is recognised, parsed, authorised and answered in that order: an unauthenticated
//!   client learns nothing, not even whether a name is well-formed.
//! * Authorisation, metrics and dispatch use [`route::Route`], never the URL.
//!
//! # Who calls
//! The router.
//!
//! # On a crash
//! There is no state here: uploads are `operations`' responsibility.

mod answers;
mod asked;
mod created;
mod delete_blob;
mod delete_manifest;
mod dispatch;
mod failure;
pub(crate) mod fuzzing;
mod list_referrers;
mod list_repositories;
mod list_tags;
mod mount;
mod put_manifest;
mod query;
mod read_blob;
mod read_manifest;
mod recording;
pub(crate) mod route;
mod uploads;
#[cfg(test)]
mod walk;

pub(crate) use dispatch::{answer, refuse_address, too_much};
