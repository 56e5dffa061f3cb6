//! The shapes of Amazon ECR: private registries.

mod generated;

pub use generated::*;
