//! The shapes of AWS Identity and Access Management that we serve.

mod generated;

pub use generated::*;
