//! Stand-ins: the real servers that tests start, and the clocks that tests move. One launcher each.
//!
//! # Invariants
//! * A server and its folder go with the process that started it, however that process ends: a shell runs the server, reads a pipe
//!   from the process, and cleans up when the pipe ends.
//! * A stand-in knows neither `db` nor `blobs`: it says where it is in the words of the server's configuration.
//! * Where a server cannot be had, its launcher says why, and [`or_skipped`] tells the reader of the run.
//!
//! # Who calls
//! Tests, `db`'s feature `testing` on their behalf, and the runner of all tests. No crate that ships depends on this one: `tests/tidy.rs` checks.
//!
//! # On a crash
//! Nothing stays: the shells outlive a process that is killed for as long as they need to clean up.

mod azure;
mod clock;
mod files;
mod google;
mod port;
mod postgres;
mod s3;
mod skipped;
mod tools;
mod watched;

pub use azure::AzureServer;
pub use clock::{HandClock, SkewedClock};
pub use google::GoogleServer;
pub use port::free_port;
pub use postgres::{Database, Postgres};
pub use s3::S3Server;
pub use skipped::{or_skipped, skipped};

/// The bucket that every server of objects has; on Azure the container.
pub const BUCKET: &str = "bucket";
