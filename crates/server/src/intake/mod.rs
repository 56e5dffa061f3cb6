//! How request bodies are taken in: the only place that reads one from its connection.
//!
//! # Invariants
//! * A body that is kept in memory has room for it first ([`Room`]), paid for by the address that it comes from, or by the
//!   caller if the head of the request already proves who that is. Nothing reads a whole body but
//!   [`RequestBody::read_whole`], and that asks for a [`Payer`].
//! * A body that stops or drips is given up, whoever sends it and whatever it is for.
//! * A request that is answered before its body has come is still heard to its end, within bounds, so that its client reads
//!   the answer instead of finding its connection reset: dropping a [`RequestBody`] sees to it.
//!
//! # Who calls
//! The accept loop makes a [`RequestBody`] of what a connection brings; the doors read it.
//!
//! # On a crash
//! There is no state here.

mod pace;
mod request_body;
mod room;

pub(crate) use request_body::{DRAINED_BYTES_MAX, Intake, RequestBody, Unread, WholeBody, count};
pub(crate) use room::{Payer, Room, network};
