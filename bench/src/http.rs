//! HTTP/1.1 as a load generator needs it: requests are bytes made beforehand, answers are counted
//! and mostly thrown away.
//!
//! The generator shares two cores with the server it measures, so each request costs one write and
//! (for a small answer) one read, and nothing is allocated on the way. Every length that a server
//! states is bounded before it is believed.

mod connection;
mod head;

pub(crate) use connection::Connection;
pub(crate) use head::Head;
