//! The shapes of this server's own administration.

mod generated;

pub use generated::*;
