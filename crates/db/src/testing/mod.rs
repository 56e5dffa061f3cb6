//! Both engines for tests, and a PostgreSQL of its own for each process of tests: on a socket in a folder that goes with it.
//!
//! # Who calls
//! Tests, of this crate and of those above it.
//!
//! # On a crash
//! The server is watched by a shell that reads a pipe from this process. When the process is gone, however it went, the shell
//! stops the server and removes the folder.

mod cluster;
mod engine;

pub use cluster::{Cluster, Database};
pub use engine::{Engine, Rows};

/// Puts a thousand images into each repository that is there, without their bytes; for PostgreSQL.
pub const MANY_IMAGES: &str = include_str!("many_images.sql");
