//! Keys: what wraps data keys, seals small secrets and derives the keys of tokens.
//!
//! # Invariants
//! * A root key never leaves this crate; callers get data keys, sealed bytes and derived keys.
//! * Nothing is written under a root key that is not durable yet.
//! * A file with keys in it is readable by its owner alone (and, if it was handed to us, by our group), or it is refused.
//! * What was sealed with one purpose and context opens with no other.
//! * Randomness comes from `aws-lc-rs`: keys are the one place where a caller's dice would only
//!   add a way to be wrong.
//!
//! # Who calls
//! `operations`, and the server at its start. This crate knows no object, row or socket.
//!
//! # On a crash
//! The keyring file is the old one or the new one, whole. At most a `*.new-…` file is left beside
//! it, which nobody reads and which may be deleted.

mod entropy;
mod keyring;
mod keyring_file;
mod keyring_text;
mod root_key;
pub mod secret_file;

pub use entropy::random;
pub use keyring::{KeyError, Keyring, root_id_of};
pub use secret_file::SecretFileError;
