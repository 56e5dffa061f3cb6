//! The shapes of AWS Security Token Service: those that we serve.

mod generated;

pub use generated::*;
