//! The shapes of AWS CloudTrail.

mod generated;

pub use generated::*;
