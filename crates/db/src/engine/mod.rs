//! The engines below [`crate::Tx`]. Only this folder knows a driver.
//!
//! SQLite is here; PostgreSQL can join, because nothing above asks for more than a transaction.

mod faults;
mod sqlite;
mod writer;

pub use faults::Faults;
pub use sqlite::Db;

/// The words that engines spell differently, replaced in migrations.
pub(crate) fn dialect(sql: &str) -> String {
    sql.replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT").replace("{bytes}", "BLOB")
}
