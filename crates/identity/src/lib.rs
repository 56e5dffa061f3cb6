//! From a request to a [`Caller`], or to a refusal.
//!
//! # Invariants
//! * Nobody is a caller on their own word: a [`Caller`] is made only after a signature was verified or a
//!   sealed token was opened, and after whoever holds the keys said that the access key is alive.
//! * Everything here is pure: time, randomness, keys and secrets come in as arguments. Secrets are looked up
//!   elsewhere, which is why [`sigv4`] works in two phases.
//! * Secrets, signatures and tokens are compared in constant time and never appear in `Debug`.
//! * Every parser is bounded, and refuses what is too long before it looks inside.
//!
//! # Who calls
//! `server`: its guard, and the doors that hand out tokens and URLs. The binary's commands sign their calls with
//! [`sigv4::Signer`].
//!
//! # On a crash
//! Nothing is left: there is no state. Tokens are sealed, not stored, so they outlive the process.

pub mod basic;
mod caller;
pub mod page_token;
pub mod registry_token;
mod sealed_claims;
pub mod session_token;
pub mod signed_url;
pub mod sigv4;
pub mod web_identity;
mod words;

pub use caller::{AccessKeyId, Caller, MalformedAccessKeyId};
