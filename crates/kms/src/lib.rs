//! Customers' keys: made, described, shared by policies and grants, rotated, deleted; and what they
//! do: encrypt, decrypt, sign, verify.
//!
//! # Invariants
//! * A verb is a method of [`Kms`]. It takes values of `names` and returns values or a [`Failure`].
//! * This crate knows no HTTP, SQL, AWS shapes or repositories. The guard has already allowed the
//!   call: which key it is about, and whether the caller may, was decided from the key's policy and
//!   grants by `iam`.
//! * The secret part of a key is in the rows only under the seal of the registry's root key, and in
//!   the clear only in memory, where it is wiped after use. No `Debug` shows it.
//! * A key encrypts with its newest material and decrypts with each. A ciphertext names its key and
//!   material, and opens only with the encryption context that it was made with.
//! * A key that is disabled or waits for its deletion does nothing. One whose deletion is due is
//!   not there, whether or not its rows are gone yet.
//! * Nothing is kept in memory, so that what one node changes holds on all of them at once. Those
//!   who use keys through [`keys::KeyService`] keep answers for a second and a half at most, and
//!   until this process writes.
//!
//! # Who calls
//! The AWS door of the server, and its background work for what is due. `operations`, by way of
//! [`keys::KeyService`], for the data keys of repositories.
//!
//! # On a crash
//! Rows that belong together are committed together. What is due is done by the next round.

mod alias;
mod cryptography;
mod failure;
mod grant;
mod key;
mod key_policy;
mod key_service;
mod kms;
mod refusal;
mod rotation;
mod signing;
mod tag;

pub use cryptography::{
    Ciphertext, DataKeyPair, Encrypted, EncryptionContext, KeyPairSpec, Opened, ReEncrypted,
};
pub use failure::Failure;
pub use grant::{DryRun, GrantFilter, GrantToken, MadeGrant, NamedGrant, NewGrant};
pub use key::{DescribedKey, KeyState, NewKey};
pub use key_policy::LockOut;
pub use kms::{Kms, Page};
pub use refusal::KmsRefusal;
pub use rotation::RotationStatus;
pub use signing::Message;

/// Rows that verbs answer with.
pub use db::{GrantParty, KmsAlias, KmsGrant, KmsKey, KmsMaterial};
