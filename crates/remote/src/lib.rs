//! The one way out: whatever leaves this process for another host goes through a [`Client`].
//!
//! # Invariants
//! * A client is made with a [`Reach`], which says where it may go. The addresses of a host are
//!   checked, and the connection is made to a checked address: a name cannot change its meaning in
//!   between. Hosts that others may choose (an issuer's, a webhook's, a customer's upstream) could
//!   point to machines that only this one can reach, so they are called with [`Reach::Public`]
//!   unless the operator allows more.
//! * Every exchange ends by its deadline, and every body has a limit of bytes: both are arguments
//!   that cannot be left out.
//! * Every connection uses TLS, and trusts the certificate authorities of a [`Trust`]: the
//!   machine's, and those that the operator adds.
//! * Nothing is done behind the caller's back: redirects are not followed, nothing is sent again,
//!   and no variable of the environment is read.
//!
//! # Who calls
//! `server`, for the keys of identity providers, and for other key management services. This crate
//! knows no protocol above HTTP.
//!
//! # On a crash
//! There is no state here. The other side may or may not have seen a request.

mod address;
mod answer;
mod client;
mod error;
mod trust;

pub use answer::Answer;
pub use client::{Client, Reach};
pub use error::RemoteError;
pub use trust::{Trust, TrustError};
