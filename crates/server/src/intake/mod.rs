//! Reads request bodies: the only place that reads one from its connection.
//!
//! # Invariants
//! * A body that is kept in memory first gets room for it ([`Room`]). The room is charged to the
//!   client's address, or to the caller if the head of the request already proves who that is. Only
//!   [`RequestBody::read_whole`] reads a whole body, and it requires a [`Payer`].
//! * A body that stalls or trickles is given up, whatever its client and purpose.
//! * If a request is answered before its body has arrived, the rest is still read, within bounds,
//!   so that the client sees the answer and not a connection reset. Dropping a [`RequestBody`]
//!   takes care of it.
//!
//! # Who calls
//! The accept loop makes a [`RequestBody`] from a connection's body; the doors read it.
//!
//! # On a crash
//! There is no state here.

mod pace;
mod request_body;
mod room;

pub(crate) use request_body::{DRAINED_BYTES_MAX, Intake, RequestBody, Unread, WholeBody, count};
pub(crate) use room::{Payer, Room, network};
