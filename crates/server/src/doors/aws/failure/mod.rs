//! The AWS face of what can go wrong. Exhaustive on purpose: a new refusal does not compile until it has a code.
//!
//! One file per service whose verbs refuse; `refused` holds what any call can meet, and chooses the words of the
//! protocol that the client speaks.

mod ecr;
mod iam;
mod longshore;
mod refused;
mod sts;

pub(super) use ecr::invalid_layer_part;
pub(super) use refused::Refused;
