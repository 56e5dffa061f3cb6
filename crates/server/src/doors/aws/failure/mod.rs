//! The AWS error codes of refusals and faults. The match is exhaustive on purpose: a new refusal
//! does not compile until it has a code.
//!
//! There is one file per service whose verbs refuse. `refused` holds the failures that any call can
//! have, and writes them in the protocol that the client uses.

mod ecr;
mod iam;
mod longshore;
mod refused;
mod sts;

pub(super) use ecr::{invalid_layer_part, tell};
pub(super) use refused::Refused;
