//! Several nodes over one database and one store: how they affect each other at the worst moments.
//!
//! A node here is an `Operations` with its own connection to the database, store and clock; nothing
//! in memory is shared except the lock of a local folder. Each can be stopped before and after any
//! call to its store, which is where one request waits for something that another can change:
//! between two of those points there is at most one transaction. So two requests are run through
//! every pair of such points.
//!
//! Rows are in SQLite and in PostgreSQL, bytes in a folder and in a bucket of a real S3 server. At
//! the end of each story the client finishes its push on yet another node, the content is read
//! back, a check finds nothing, and after everything was reclaimed the store is empty.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod clocks;
mod gate;
mod house;
mod races;
mod scans;
mod small_push;
mod sweeps;
mod uploads;
