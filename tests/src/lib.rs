//! The fixture of the black-box tests: the built server with its own data, and the third-party
//! clients that call it.
//!
//! # Invariants
//! * Nothing here links the server: it is a process, reached over its socket.
//! * A client runs with its own home and nothing of the developer's environment except `PATH`.
//! * A test ends everything that it starts: servers and daemons stop when their value is dropped.
//!
//! # Who calls
//! The test targets of this package.
//!
//! # On a crash
//! A failed test keeps its server's folder and prints the path.

mod aws_cli;
mod client;
pub mod cluster;
mod docker;
pub mod external_kms;
mod http;
mod http2;
mod image;
mod invocation;
mod network;
mod nodes_under_test;
mod process;
mod random;
mod server;
mod skipped;
mod workspace;

pub use client::{
    AccessKey, Announces, Client, authorization, call, call_kms, call_secrets, registry_password,
    signed_call,
};
pub use docker::Docker;
pub use http::{Answer, Connection, Request};
pub use http2::{Frame, Http2, Kind};
pub use image::{Layer, MANIFEST, archive_of, digest_of, manifest_of};
pub use invocation::{Ended, Invocation};
pub use network::Network;
pub use process::{Process, bare};
pub use random::Random;
pub use server::{REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Server};
pub use skipped::is_about_one_process;
pub use stand_ins::skipped;
pub use workspace::{find_node_modules, find_tool, longshore, python, root, tool};
