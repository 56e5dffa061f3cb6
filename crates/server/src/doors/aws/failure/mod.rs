//! The AWS error codes of refusals and faults. The matches are exhaustive on purpose: a new refusal
//! does not compile until it has a code.
//!
//! There is one file per family of refusals. `refused` holds the failures that any call can have,
//! and writes them in the protocol that the client uses.

mod encryption;
mod event_rule;
mod iam;
mod image;
mod keyring;
mod kms;
mod layer;
mod lifecycle;
mod longshore;
mod pull_through_rule;
mod refused;
mod registry;
mod repository;
mod resource_policy;
mod scanning;
mod secret;
mod sts;
mod tag_history;
mod template;
mod upload;
mod verb;

pub(super) use encryption::kms_exception;
pub(super) use kms::kms_refusal;
pub(super) use refused::Refused;
pub(super) use upload::invalid_layer_part;
pub(in crate::doors) use verb::tell;
