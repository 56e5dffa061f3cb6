//! The promises of every engine, tested on each, and those that only PostgreSQL makes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod claims;
mod house;
mod lifecycle;
mod lists;
mod lookups;
mod postgres;
mod rows;
mod tables;
mod tag_history;
mod transactions;
