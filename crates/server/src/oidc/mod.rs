//! The keys of identity providers: found by discovery, fetched over HTTPS, remembered.
//!
//! # Invariants
//! * Only issuers that an account registered are asked. Nobody's token makes us call somebody else.
//! * Only addresses of the public internet are called, unless the operator allows others: an issuer's name, or
//!   the keys' name in its answer, could lead to machines that only we can reach. Redirects are not followed.
//! * Every answer is bounded in size and time.
//! * One fetch at a time for an issuer, and for an unknown key no more than one in half a minute: tokens with
//!   made-up keys cost the issuer nothing.
//! * Keys that were fetched go on working for a while when the issuer is down.
//!
//! # Who calls
//! The door of `AssumeRoleWithWebIdentity`.
//!
//! # On a crash
//! Keys are fetched again.

mod address;
mod fetch;
mod issuers;

pub(crate) use fetch::{Fetcher, Reach};
pub(crate) use issuers::{Issuers, NoKeys};
