//! The shapes of AWS Identity and Access Management: those that we serve.

mod generated;

pub use generated::*;
