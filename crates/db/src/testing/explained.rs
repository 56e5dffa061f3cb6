//! Each statement that a test runs on SQLite is explained once, wherever it runs: one that reads a
//! whole table, or sorts what it read, fails the test.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

/// What was explained already in this process.
static EXPLAINED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Fails unless this statement finds its rows through an index, and in the order in which the index
/// has them.
pub(crate) fn require_index(connection: &Connection, sql: &str) {
    let mut explained = EXPLAINED.lock().unwrap_or_else(PoisonError::into_inner);
    if explained.contains(sql) {
        return;
    }
    explained.insert(sql.to_owned());
    drop(explained);
    let scans = scans(connection, sql);
    assert!(scans.is_empty(), "{}\nin the plan of\n{sql}", scans.join("\n"));
}

/// The steps of its plan that read everything, or sort. A statement that cannot be prepared has
/// none; running it reports why.
pub(crate) fn scans(connection: &Connection, sql: &str) -> Vec<String> {
    // What refers to a new row is looked for only where a constraint was broken earlier in the
    // transaction.
    let is_insert = sql.starts_with("INSERT") && !sql.contains("SELECT");
    // The first rows of a table in the order in which it has them.
    let is_first_page = sql.contains(" LIMIT ") && !sql.contains(" WHERE ");
    // A table that is emptied, which a restore does.
    let is_emptied = sql.starts_with("DELETE") && !sql.contains(" WHERE ");
    let may_scan = is_insert || is_first_page || is_emptied;
    let Ok(mut statement) = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")) else {
        return Vec::new();
    };
    let mut rows = statement.raw_query();
    let mut scans = Vec::new();
    while let Ok(Some(row)) = rows.next() {
        let step: String = row.get(3).unwrap_or_default();
        // The causes of jobs whose turn it is, and the next jobs of one cause, are as many as are
        // claimed at most; SQLite's own table has a row a table.
        let is_small = ["SCAN CONSTANT ROW", "SCAN turn", "SCAN next", "SCAN sqlite_sequence"]
            .contains(&step.as_str());
        let is_scan = step.starts_with("SCAN") && !is_small && !may_scan;
        if is_scan || step.contains("TEMP B-TREE") {
            scans.push(step);
        }
    }
    scans
}
