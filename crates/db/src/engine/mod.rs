//! The engines below [`crate::Tx`]. Only this folder knows a driver.
//!
//! `db` is the door, `queued` what both engines do with a closure that waits; `sqlite` and `postgres` are the engines.

mod db;
mod faults;
pub(crate) mod postgres;
mod queued;
pub(crate) mod sqlite;

pub use db::Db;
pub use faults::Faults;
