//! PostgreSQL, over a network or a socket: a few threads with one connection each, and a queue in
//! front of them (`docs/decisions/0007-postgresql-on-threads.md`).
//!
//! `address` reads the URL, `tls` secures the connection, `session` is one connection and its
//! transaction, `cure` says what to do after a failure, `workers` are the threads, `lane` is a
//! shared connection for single look-ups, `cells` translates values, `migrate` updates the schema,
//! `hints` helps the planner, `census` asks about the whole database.

mod address;
mod cells;
mod census;
mod cure;
mod hints;
mod lane;
mod migrate;
mod session;
mod settings;
mod tls;
mod workers;
mod wrong;

pub(super) use address::Address;
pub(crate) use session::Session;
pub(super) use workers::Postgres;
