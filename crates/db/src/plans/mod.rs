//! Checks the plans of statements: each finds its rows through an index, in the order of that
//! index. So a list's first page costs the same in a repository of ten images and of a million.
//!
//! # Invariants
//! * Every statement that looks for rows is run here once (`statements`), which a test counts.
//! * On SQLite a statement is explained wherever a test of any crate runs it
//!   (`testing/explained.rs`), so running it is all that is needed. On PostgreSQL the statements
//!   that were noted here are explained one by one (`postgres`).
//!
//! # Who calls
//! Only tests; `Tx` notes what it runs.

mod background;
mod events;
mod identity;
mod kms;
mod lifecycle;
mod noted;
mod policies;
mod postgres;
mod pull_through;
mod registry;
mod samples;
mod scanning;
mod secrets;
mod statements;
mod templates;
mod upstreams;

pub(crate) use noted::note;
