//! What AWS and OCI spell in their own way: shapes, documents and their texts.
//!
//! # Invariants
//! * Pure: bytes in, values out, and back. No socket, clock, file or row.
//! * Every reader of a stranger's bytes is bounded and answers a refusal, never a panic.
//! * Values here are words, not meaning: `names` and the doors give them meaning.
//!
//! # Who calls
//! The doors of `server`, and nobody else: behind the doors there is no wire type.

pub mod aws;
pub mod oci;
