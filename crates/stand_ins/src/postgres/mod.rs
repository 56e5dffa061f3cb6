//! A PostgreSQL on a socket in a folder that goes with it: of the process's own, or one server for every process of a run.
//!
//! A server of one's own costs a few seconds, which is most of what a small test binary takes. So the runner starts one, and hands
//! it to the processes that it runs in [`Postgres::HANDED_OVER`]. What would harm others (stopping it, crashing it) needs
//! a server that the test started.

mod database;
mod place;
mod server;

pub use database::Database;
pub use server::Postgres;
