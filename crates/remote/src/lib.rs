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
//! * Every connection uses TLS, unless the client was made for hosts that the operator chose
//!   ([`Client::allowing_plain`]) and the URL says so. It trusts the certificate authorities of a
//!   [`Trust`]: the machine's, and those that the operator adds.
//! * A [`Client`] does nothing behind the caller's back: redirects are not followed, nothing is
//!   sent again, and no variable of the environment is read. An [`UpstreamClient`] follows a
//!   registry's redirects, through its client, and so within the same reach.
//!
//! # Who calls
//! `server`, for the keys of identity providers, for other key management services, and for those
//! that events are delivered to. `operations`, for other registries: their protocol, of which only
//! reading is here (`upstream`), is the only one above HTTP that this crate knows.
//!
//! # On a crash
//! There is no state here. The other side may or may not have seen a request.

mod address;
mod answer;
mod client;
mod connection;
mod error;
pub mod fuzzing;
mod trust;
mod upstream;

pub use answer::{Answer, AnswerBody, BodyLimits};
pub use client::{Client, Reach};
pub use connection::{Connection, Exchanged};
pub use error::RemoteError;
pub use trust::{Trust, TrustError, TrustFileError};
pub use upstream::{
    LayerRest, Upstream, UpstreamAddress, UpstreamClient, UpstreamError, UpstreamLayer,
    UpstreamManifest, UpstreamUser,
};
