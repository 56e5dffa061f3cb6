//! The shapes of AWS Security Token Service that we serve.

mod generated;

pub use generated::*;
