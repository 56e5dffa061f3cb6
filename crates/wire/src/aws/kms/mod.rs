//! The shapes of AWS Key Management Service.

mod generated;

pub use generated::*;
