//! The shapes of AWS Secrets Manager.

mod generated;

pub use generated::*;
