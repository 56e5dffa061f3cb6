//! The AWS door: the APIs of ECR, KMS, CloudTrail, EventBridge and Longshore in AWS JSON 1.1, those
//! of IAM and STS in AWS Query.
//!
//! # Invariants
//! * One file, one operation: `read` parses the input, the verb acts, `write` builds the output.
//!   The list in `dispatch` is exactly what is implemented.
//! * There is one way to a handler, `perform::perform`, and it asks the guard.
//! * The order of checks is AWS's: the operation is known; the body has an acceptable length; the
//!   caller has signed it; it is JSON; it satisfies the model; the caller is authorised. Then the
//!   verb checks that the things exist and that the call makes sense.
//! * Every answer has a request id, and every fault is logged once under that id.
//!
//! # Who calls
//! The router, for requests that [`is_call`] recognises.
//!
//! # On a crash
//! There is no state here.

mod answer;
mod call;
mod dispatch;
mod failure;
mod moments;
mod not_yet;
mod pages;
mod perform;
mod query;
mod recording;
mod unsigned;
mod words;

mod cloudtrail;
mod ecr;
mod events;
mod iam;
mod kms;
mod longshore;
mod secrets_manager;
mod sizes;
mod sts;

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod guarded;
#[cfg(test)]
mod key_walk;
#[cfg(test)]
mod record_walk;
#[cfg(test)]
mod spelling_walk;
#[cfg(test)]
mod walk;

pub(crate) use answer::{answer, is_call, refuse_address};
pub(in crate::doors) use ecr::{NotCreated, Push, create_for_cache, create_on_push};
pub(in crate::doors) use failure::tell as tell_refusal;
pub(crate) use longshore::denial_for_all;
