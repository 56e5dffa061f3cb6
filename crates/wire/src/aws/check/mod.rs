//! Checks an input against its table, in AWS's order and words.
//!
//! There are two passes, each depth first, with members in the order of the model and elements in
//! the order of the list:
//!
//! 1. **Types.** A value of the wrong JSON type is a `SerializationException`. Nothing is coerced:
//!    a number is no string, `"1"` and `1.0` are no integers, and a number that does not fit its 32
//!    or 64 bits is refused.
//! 2. **Constraints.** Each violation of the model is a complaint that names the path and the
//!    constraint. For one value the order is: absence, least length, greatest length, expression or
//!    set of words; then the values inside it.
//!
//! The words are the service's: ECR's `InvalidParameterException` reports the first complaint, the
//! `ValidationError` of a Query service and KMS's `ValidationException` report all of them (see
//! [`Words`]).
//!
//! A member that is `null` is absent. A member that the model does not know is ignored. A `null` in
//! a list or a map is a missing member there.
//!
//! # Paths
//! `imageIds.2.member.imageTag` is the tag of the second image id: members by name, elements by
//! number from one and the word `member`, entries of a map by key and the same word. This is how
//! the framework beneath AWS's services prints paths.
//!
//! # Who calls
//! [`json::read`](super::json::read) and [`query::Form::read`](super::query::Form::read). Doors
//! call [`invalid_parameter`] and [`validation_error`] for violations that no model states.

mod complaint;
mod constraints;
mod input;
mod path;
mod present;
mod types;

pub use complaint::{Words, invalid_parameter, validation_error};
pub(crate) use input::check_constraints;
pub use input::{check, check_in};
