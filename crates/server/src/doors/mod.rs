//! The doors: parse requests into calls of verbs, and write their results as responses.
//!
//! Each door has a typed route, a dispatcher that asks the guard and then the handler, handlers in
//! files named after what they do, and one exhaustive table from refusals to wire errors.

pub(crate) mod aws;
mod blob_answer;
mod damaged_object;
mod dependencies;
pub(crate) mod download;
mod key_refusal;
pub(crate) mod oci;
mod pull_through;
pub(crate) mod pushed_manifest;
pub(crate) mod redirect;
pub(crate) mod trail_files;
mod validators;

pub(crate) use dependencies::Doors;
