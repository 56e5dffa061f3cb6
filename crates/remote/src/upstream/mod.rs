//! Other registries, which speak OCI's distribution protocol: read, never written.
//!
//! # Invariants
//! * Credentials go to the registry that they are for, and to the token service that it names, and
//!   nowhere else: a redirect to another host takes none along.
//! * A registry that is called with TLS cannot send us to where there is none.
//! * Every call has a deadline, every document a limit of bytes. A layer has the limit that its
//!   reader gives.
//! * A registry that has said "too many requests" to a user is not called as that user until the
//!   time that it gave.
//!
//! # Who calls
//! `operations`, to fill pull-through caches. Bytes are not verified here: who asked for them knows
//! their digest.
//!
//! # On a crash
//! Tokens and pauses are forgotten; the registry gives others.

mod address;
mod authorize;
mod call;
mod challenge;
mod client;
mod error;
mod pauses;
mod registries;
mod token;

pub use address::UpstreamAddress;
pub use client::{LayerRest, UpstreamLayer, UpstreamManifest};
pub use error::UpstreamError;
pub use registries::{Upstream, UpstreamClient, UpstreamUser};

pub(crate) use challenge::Challenge;
pub(crate) use token::Token;
