//! The servers that are measured, each started on 127.0.0.1 with a folder of its own.
//!
//! A peer is set up as its makers would for speed, and its set-up is written out in its file.

mod backing;
mod cluster;
mod docker_registry;
mod launch;
mod limit;
mod longshore;
mod nginx;
mod password;
mod peer;
mod recipe;
mod zot;

pub(crate) use backing::Database;
pub(crate) use peer::{Peer, Programs, REPOSITORY, Who, wait};
