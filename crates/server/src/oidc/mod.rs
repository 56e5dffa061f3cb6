//! The keys of identity providers: found by discovery, fetched over HTTPS, cached.
//!
//! # Invariants
//! * Only issuers that an account registered are called. A token cannot make us call any other
//!   host.
//! * Only public addresses are called, unless the operator allows others: the issuer's host name,
//!   or the key URL in its answer, could point to machines that only we can reach. Redirects are
//!   not followed.
//! * Every answer is bounded in size and time.
//! * There is one fetch at a time per issuer, and at most one in half a minute for an unknown key,
//!   so that tokens with made-up keys cost the issuer nothing.
//! * Cached keys keep working for a while when the issuer is down.
//!
//! # Who calls
//! The handler of `AssumeRoleWithWebIdentity`.
//!
//! # On a crash
//! Keys are fetched again.

mod address;
mod fetch;
mod issuers;

pub use fetch::TrustError;
pub(crate) use fetch::{Fetcher, Reach};
pub(crate) use issuers::{Issuers, NoKeys};
