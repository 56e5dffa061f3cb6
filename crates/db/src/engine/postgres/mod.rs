//! PostgreSQL, over a network or a socket: a few threads with one connection each, and a queue before them
//! (`docs/decisions/0007-postgresql-on-threads.md`).
//!
//! `address` reads the URL, `tls` secures the way, `session` is one connection and its transaction, `workers` are
//! the threads, `lane` is the connection of those who look one thing up, `cells` translates values, `migrate` keeps the schema, `hints` helps the planner, `census` looks over the whole.

mod address;
mod cells;
mod census;
mod hints;
mod lane;
mod migrate;
mod session;
mod tls;
mod workers;

pub(super) use address::Address;
pub(crate) use session::Session;
pub(super) use workers::Postgres;
