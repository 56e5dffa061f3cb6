//! The shapes of Amazon ECR Public: public registries.

mod generated;

pub use generated::*;
