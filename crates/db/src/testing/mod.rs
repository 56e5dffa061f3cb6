//! Both engines for tests. PostgreSQL is the stand-in that the tests of a process share.
//!
//! # Who calls
//! Tests of this crate and of those above it; only tests enable the feature `testing`.

mod engine;
mod everything;
mod explained;

pub use engine::{Engine, Rows};
pub use everything::read_everything;
pub(crate) use explained::require_index;
#[cfg(test)]
pub(crate) use explained::scans;

/// Inserts a thousand images into each existing repository, without their bytes; for PostgreSQL.
pub const MANY_IMAGES: &str = include_str!("many_images.sql");
