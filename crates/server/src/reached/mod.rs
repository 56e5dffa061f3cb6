//! Where a client reached the server: the host, port and scheme that doors, pages and downloads
//! use.
//!
//! # Invariants
//! * One rule for all of them: [`Reached::read`], which the router calls before anything else looks
//!   at the request.
//! * A request names one host. One that names two, none where HTTP requires one, or a malformed
//!   one, is refused.
//! * A name under the domain in the form of a registry's means that registry or none, never the
//!   default one.
//! * Proxies are believed only if they are trusted; see [`crate::trusted_proxies`].

mod misaddressed;
mod place;
mod read;
#[cfg(test)]
mod tests;

pub(crate) use misaddressed::Misaddressed;
pub(crate) use place::Reached;
