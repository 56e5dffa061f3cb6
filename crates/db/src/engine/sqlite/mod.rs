//! SQLite, inside the process: one thread writes, readers run inline.

mod migrate;
mod rows;
mod run;
mod writer;

#[cfg(test)]
pub(crate) use migrate::dialect;
pub(super) use rows::Sqlite;
