//! The keys of identity providers: found by discovery, fetched over HTTPS, cached.
//!
//! # Invariants
//! * Only issuers that an account registered are called. A token cannot make us call any other
//!   host.
//! * They are called through [`remote`], which only goes to public addresses unless the operator
//!   allows others, and bounds every answer in size and time.
//! * There is one fetch at a time per issuer, and at most one in half a minute for an unknown key,
//!   so that tokens with made-up keys cost the issuer nothing.
//! * Cached keys keep working for a while when the issuer is down.
//!
//! # Who calls
//! The handler of `AssumeRoleWithWebIdentity`.
//!
//! # On a crash
//! Keys are fetched again.

mod fetch;
mod issuers;

pub(crate) use fetch::Fetcher;
pub(crate) use issuers::{Issuers, NoKeys};
