//! Keys: wraps data keys, seals small secrets, and derives the keys of tokens. Data keys of
//! repositories under KMS keys are wrapped by a [`KeyService`].
//!
//! # Invariants
//! * A root key never leaves this crate; callers get data keys, sealed bytes and derived keys.
//! * Nothing is written under a root key that is not durable yet.
//! * A root key leaves the keyring only after its secret was sealed under another one.
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
mod error;
mod keyring;
mod keyring_file;
mod keyring_text;
mod kms_keyring;
mod passphrase;
mod root_key;
mod roots;
mod seal;
mod sealed_as;
mod sealed_keyring;
mod sealed_text;
pub mod secret_file;
mod signing_pair;

pub use customer_keys::{CustomerKeys, KeyFault, KeyService};
pub use entropy::random;
pub use error::KeyError;
pub use keyring::{Keyring, root_id_of};
pub use kms_keyring::{KmsSeal, KmsWrapped};
pub use passphrase::Passphrase;
pub use root_key::RootKeyId;
pub use roots::NotedRootKey;
pub use seal::Seal;
pub use sealed_as::SealedAs;
pub use secret_file::SecretFileError;
pub use signing_pair::{SigningPair, is_signed_by};
