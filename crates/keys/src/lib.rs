//! Keys: wraps data keys, seals small secrets, and derives the keys of tokens. Data keys of
//! repositories under KMS keys are wrapped by a [`KeyService`].
//!
//! # Invariants
//! * A root key never leaves this crate; callers get data keys, sealed bytes and derived keys.
//! * Nothing is written under a root key that is not durable yet.
//! * A file with keys is refused unless only its owner can read it, and, if the operator provided
//!   it, its group.
//! * A value sealed with one purpose and context opens with no other.
//! * Randomness comes from `aws-lc-rs`, not from the caller: a caller's source could only be worse.
//!
//! # Who calls
//! `operations`, and the server at its start. This crate knows no object, row or socket.
//!
//! # On a crash
//! The keyring file is either the old one or the new one, whole. At most a `*.new-…` file is left
//! beside it. It is never read and may be deleted.

pub mod customer_keys;
mod entropy;
mod keyring;
mod keyring_file;
mod keyring_text;
mod root_key;
pub mod secret_file;

pub use customer_keys::{CustomerKeys, KeyFault, KeyService};
pub use entropy::random;
pub use keyring::{KeyError, Keyring, root_id_of};
pub use secret_file::SecretFileError;
