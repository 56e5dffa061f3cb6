//! The wire formats of AWS and OCI: shapes, documents and their texts.
//!
//! # Invariants
//! * Pure: bytes in, values out, and back. No socket, clock, file or row.
//! * Every reader of untrusted bytes is bounded and returns a refusal; it never panics.
//! * Values here are text without meaning; `names` and the doors give them meaning.
//!
//! # Who calls
//! Only the doors of `server`: behind the doors there is no wire type.

pub mod aws;
pub mod oci;
