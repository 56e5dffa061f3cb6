//! What every engine of rows promises, asked of each; and what only PostgreSQL has to.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod claims;
mod house;
mod lists;
mod lookups;
mod postgres;
mod rows;
mod tables;
mod transactions;
