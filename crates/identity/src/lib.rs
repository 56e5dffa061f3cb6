//! Turns a request into a [`Caller`], or into a refusal.
//!
//! # Invariants
//! * A client's claim about itself is never trusted: a [`Caller`] is made only after a signature
//!   was verified or a sealed token was opened, and after the store of keys confirmed that the
//!   access key is active.
//! * Everything here is pure: time, randomness, keys and secrets are arguments. Secrets are looked
//!   up elsewhere, which is why [`sigv4`] has two phases.
//! * Secrets, signatures and tokens are compared in constant time and never appear in `Debug`.
//! * Every parser is bounded, and refuses an input that is too long before it reads it.
//!
//! # Who calls
//! `server`: its guard, and the doors that issue tokens and URLs. The binary's commands sign their
//! calls with [`sigv4::Signer`].
//!
//! # On a crash
//! There is no state. Tokens are sealed, not stored, so they outlive the process.

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
