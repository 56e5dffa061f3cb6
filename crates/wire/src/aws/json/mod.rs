//! AWS JSON 1.1: `POST /` with the operation in a header, documents in and out.
//!
//! # Invariants
//! * A body is parsed once, within [`DEPTH_MAX`] and [`VALUES_MAX`]; the door bounds its length
//!   by [`Structure::body_bytes_max`](super::schema::Structure::body_bytes_max).
//! * Nothing here panics on any bytes.
//! * Times are numbers of seconds with a fraction; blobs are base64 text.

mod document;
mod read;
mod write;

pub use document::{DEPTH_MAX, VALUES_MAX, parse};
pub use read::{read, read_in, target};
pub use write::{write, write_error};

pub use super::schema::Input;

/// The `Content-Type` of requests and answers.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
