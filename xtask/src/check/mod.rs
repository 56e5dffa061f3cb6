//! Runs every check of the repository, and reports how long each took.
//!
//! # Invariants
//! * The tests are built once for the whole workspace, so that each crate is compiled with one set
//!   of features; then their binaries run by name.
//! * Checks that are slow and keep one processor run beside the tests.
//! * If a step before the tests fails, the run ends: later steps would fail for the same reason.
//!   All tests run, whatever fails, and the table at the end says how to run each failed one alone.
//! * Four binaries run at a time, never two of the same one. A binary that measures time runs
//!   alone.
//!
//! # Who calls
//! The Makefile, for `make test` and for each of its parts.
//!
//! # On a crash
//! Test binaries end with this process's group when it is interrupted. Their output so far is in
//! `target/test-output`.

mod binaries;
mod command;
mod lanes;
mod ran;
mod report;
mod run;
mod steps;
mod suites;

pub(crate) use run::run;
