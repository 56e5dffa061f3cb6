//! The limit of the machine: a program that does to bytes what no durable, encrypting registry can
//! leave undone, and nothing else.
//!
//! It runs as a process of its own, like the peers, so that its processor seconds are counted the
//! same way. Asked over TCP, it makes an object of bytes that it has in memory (hashed, sealed,
//! written and synced), or reads one, opens it and sends it. There are no rows, no rights and no
//! HTTP beyond a first line.

mod objects;
mod program;
mod request;
mod write_back;

pub(crate) use program::{Options, serve};
