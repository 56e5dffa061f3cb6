//! Targets of rules: where an event goes, and what is sent of it.
//!
//! # Invariants
//! * A target that was read is one that can be delivered to: its ARN names a kind of place that we
//!   know, its input, paths and template are well-formed, and each placeholder has a value.
//! * What is sent is a pure function of the target and the event. A value of the event that is put
//!   into a template cannot end the string that it is in.
//!
//! # Who calls
//! `operations`: when a client sets targets, and for each delivery.

mod arn;
mod delivered;
mod malformed;
mod path;
mod target;
mod template;

pub use arn::{Destination, TargetArn};
pub use delivered::Delivered;
pub use malformed::MalformedTarget;
pub use target::{EventTarget, HttpParameters, RetryPolicy};
