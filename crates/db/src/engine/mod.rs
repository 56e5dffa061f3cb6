//! The engines below [`crate::Tx`]. Only this folder knows a database driver.
//!
//! `db` chooses the engine, `queued` handles a waiting closure in both; `sqlite` and `postgres` are
//! the engines.

mod db;
mod faults;
pub(crate) mod postgres;
mod queued;
pub(crate) mod sqlite;

pub use db::Db;
pub use faults::Faults;
