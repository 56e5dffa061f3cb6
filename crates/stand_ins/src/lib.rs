//! Stand-ins: the real servers that tests start, and the clocks that tests move. One launcher each.
//!
//! # Invariants
//! * A server and its folder end with the process that started it, even if that process is killed:
//!   a shell runs the server, reads a pipe from the process, and cleans up when the pipe ends.
//! * A stand-in knows neither `db` nor `blobs`: it gives its address in the form of the server's
//!   configuration.
//! * If a server is not available, its launcher says why, and [`or_skipped`] prints that in the
//!   test's output.
//!
//! # Who calls
//! Tests, `db`'s feature `testing` on their behalf, and the test runner. No crate that ships
//! depends on this one: `tests/tidy` checks that.
//!
//! # On a crash
//! Nothing stays: the shells outlive a killed process just long enough to clean up.

mod azure;
mod clock;
mod files;
mod google;
mod port;
mod postgres;
mod proxy;
mod s3;
mod skipped;
mod tools;
mod watched;

pub use azure::AzureServer;
pub use clock::{HandClock, SkewedClock};
pub use google::GoogleServer;
pub use port::free_port;
pub use postgres::{Database, Postgres};
pub use proxy::{Proxy, Trouble, fetch};
pub use s3::S3Server;
pub use skipped::{or_skipped, skipped};

/// The bucket that every server of objects has. On Azure containers begin with it.
pub const BUCKET: &str = "bucket";
