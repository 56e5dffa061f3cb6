//! The guard: judges every call before its verb runs, at both doors.
//!
//! # Invariants
//! * No verb runs before the guard has allowed its action on every resource that it touches.
//! * The guard does not decide by itself: it states the caller, the origin of the request and the
//!   resource, and `iam` evaluates the policies.
//! * A failure to decide is a fault, not an allow.
//!
//! # Who calls
//! The doors: their dispatchers for every request, and a handler whose request turns out to need
//! more.
//!
//! # On a crash
//! There is no state here that matters.

mod authorize;
mod context;
mod denial;
mod denials;
mod request_from;
mod request_keys;
mod resource;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use authorize::{AccessDenied, Asking, Guard, NotAllowed};
pub(crate) use context::context;
pub(crate) use denial::{Denial, Player};
pub(crate) use request_from::RequestFrom;
pub(crate) use request_keys::RequestKeys;
pub(crate) use resource::{KeyResource, Resource, SecretResource};
