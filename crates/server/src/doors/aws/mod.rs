//! The AWS door: ECR's and our own API in AWS JSON 1.1, IAM's and STS's in AWS Query.
//!
//! # Invariants
//! * One file, one operation: `read` turns words into meaning, the verb acts, `write` turns meaning into
//!   words. What is implemented is the list in `dispatch`, and nothing else is.
//! * There is one way to a handler, `call::perform`, and the guard stands in it.
//! * The order of checks is AWS's: the operation is known, the body is of a decent length, the caller has
//!   signed it, it is JSON, it satisfies the model, the caller may; then the verb, which looks whether the
//!   things are there and whether the act makes sense.
//! * Every answer names its request, and every fault is in the log under that name, once.
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
mod not_yet;
mod pages;
mod query;
mod unsigned;
mod words;

mod ecr;
mod iam;
mod longshore;
mod sts;

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod guarded;
#[cfg(test)]
mod spelling_walk;
#[cfg(test)]
mod walk;

pub(crate) use answer::{answer, is_call, refuse_address};
pub(crate) use longshore::denial_for_all;
