//! May this caller do this? Stands before every verb, at both doors.
//!
//! # Invariants
//! * No verb is reached before the guard said yes to its action on everything that it is done to.
//! * The guard decides nothing itself: it says who asks, from where and about what, and `operations`
//!   holds the policies against it.
//! * What cannot be judged is a fault, not a yes.
//!
//! # Who calls
//! The doors: their dispatchers for every request, and a handler where its request turns out to need more.
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
pub(crate) use resource::Resource;
