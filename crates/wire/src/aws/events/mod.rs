//! The shapes of Amazon EventBridge.

mod generated;

pub use generated::*;
