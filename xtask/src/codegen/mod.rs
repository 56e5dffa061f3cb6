//! Writes `crates/wire/src/aws/MODULE/generated.rs` for each service.
//!
//! The generated Rust holds only facts: types for serde, tables for the checker, lists of
//! operations and exceptions. The code that uses them is written by hand, once, beside the
//! generated modules.

mod header;
mod operations;
mod rustfmt;
mod services;
mod spelling;
mod structures;
mod tables;

pub(crate) use services::{check_all, write_all};
