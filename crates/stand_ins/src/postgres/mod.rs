//! A PostgreSQL on a socket in a temporary folder: one for the process itself, or one that all
//! processes of a run share.
//!
//! Starting a server takes a few seconds, which is most of the time of a small test binary. So the
//! runner starts one and passes it to the processes that it runs, in [`Postgres::HANDED_OVER`]. A
//! test that would harm others, by stopping or crashing the server, needs a server that it started
//! itself.

mod database;
mod place;
mod server;

pub use database::Database;
pub use server::Postgres;
