//! Holds an input against its table, in AWS's order and words.
//!
//! Two passes, each depth first, members in the order of the model, elements in the order of the
//! list; the first complaint is the answer:
//!
//! 1. **Types.** A value of the wrong JSON type is a `SerializationException`. Nothing is
//!    coerced: a number is no string, `"1"` and `1.0` are no integers, and a number that does not
//!    fit its 32 or 64 bits is refused.
//! 2. **Constraints.** What breaks the model is an `InvalidParameterException` that names the
//!    path and the constraint. For one value: absence, least length, greatest length, expression
//!    or set of words; then what is inside it.
//!
//! A member that is `null` is absent. A member that the model does not know is ignored. A `null`
//! in a list or a map is a missing member there.
//!
//! # Paths
//! `imageIds.2.member.imageTag` is the tag of the second image id: members by name, elements
//! by number from one and the word `member`, entries of a map by key and the same word. This is
//! how the framework beneath AWS's services prints paths.
//!
//! # Who calls
//! [`json::read`](super::json::read). Doors call [`invalid_parameter`] for what no model says.

mod constraints;
mod input;
mod path;
mod types;

pub use constraints::invalid_parameter;
pub use input::check;
