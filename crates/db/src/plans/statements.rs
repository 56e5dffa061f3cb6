use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::{
    background, events, identity, kms, lifecycle, noted, policies, pull_through, registry,
    scanning, secrets, templates, upstreams,
};
use crate::Tx;
use crate::engine::sqlite;
use crate::migrations::MIGRATIONS;
use crate::testing::scans;
use crate::tx::Access;

/// Every statement, run once on SQLite, over a database with nothing in it. One that would read a
/// whole table fails here.
pub(super) fn statements() -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    for schema in MIGRATIONS {
        connection.execute_batch(&sqlite::dialect(schema)).unwrap();
    }
    let mut tx = Tx::sqlite(&connection, Access::Write);
    noted::take();
    registry::run_statements_about_repositories(&mut tx).unwrap();
    policies::run_statements_about_rights(&mut tx).unwrap();
    registry::run_statements_about_images(&mut tx).unwrap();
    lifecycle::run_statements_about_lifecycle(&mut tx).unwrap();
    lifecycle::run_statements_about_tag_history(&mut tx).unwrap();
    lifecycle::run_statements_about_what_happened(&mut tx).unwrap();
    lifecycle::run_statements_about_events(&mut tx).unwrap();
    registry::run_statements_about_blobs(&mut tx).unwrap();
    background::run_statements_about_uploads_and_jobs(&mut tx).unwrap();
    background::run_statements_over_all_rows(&mut tx).unwrap();
    identity::run_statements_about_accounts_and_keys(&mut tx).unwrap();
    identity::run_statements_about_users_and_groups(&mut tx).unwrap();
    identity::run_statements_about_roles(&mut tx).unwrap();
    policies::run_statements_about_policies(&mut tx).unwrap();
    policies::run_statements_about_providers_and_profiles(&mut tx).unwrap();
    kms::run_statements_about_keys(&mut tx).unwrap();
    events::run_statements_about_event_rules(&mut tx).unwrap();
    scanning::run_statements_about_advisories(&mut tx).unwrap();
    scanning::run_statements_about_scans(&mut tx).unwrap();
    templates::run_statements_about_templates(&mut tx).unwrap();
    pull_through::run_statements_about_pull_through(&mut tx).unwrap();
    upstreams::run_statements_about_upstreams(&mut tx).unwrap();
    secrets::run_statements_about_secrets(&mut tx).unwrap();
    let statements = noted::take();
    assert!(statements.len() > 60, "the statements are noted");
    statements
}

#[test]
fn every_statement_finds_its_rows_through_an_index_of_sqlite() {
    assert!(statements().len() > 60, "they are run, and each is explained when it is run");
}

#[test]
fn a_plan_that_scans_is_seen() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE t (a bigint, b bigint)").unwrap();
    let steps = scans(&connection, "SELECT a FROM t WHERE a > $1 ORDER BY b");
    assert_eq!(steps, ["SCAN t", "USE TEMP B-TREE FOR ORDER BY"]);
}

/// Read a whole table on purpose, when a database is filled or checked for being empty; the last
/// two name no table.
const OVER_WHOLE_TABLES: [&str; 4] =
    ["clear_tables", "find_occupied_table", "generate_after", "shared_time"];

/// On PostgreSQL only the statements that are run here are explained.
#[test]
fn every_statement_that_looks_for_rows_is_run_here() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = |folder| -> Vec<String> {
        let files = fs::read_dir(source.join(folder)).unwrap();
        files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    };
    let here = files("plans").concat();
    let (mut missing, mut seen) = (Vec::new(), 0);
    for text in ["rows", "tables"].into_iter().flat_map(files) {
        for method in text.split("\n    pub fn ").skip(1) {
            let name = method.split(['(', '<']).next().unwrap();
            let looks = ["\"SELECT ", "\"DELETE FROM", "\"UPDATE ", "SELECT {", "_each("];
            let is_of_tx = method.split("->").next().is_some_and(|head| head.contains("&mut self"));
            let looks = looks.iter().any(|word| method.contains(word));
            if !is_of_tx || !looks || OVER_WHOLE_TABLES.contains(&name) {
                continue;
            }
            seen += 1;
            if !here.contains(&format!("tx.{name}(")) {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(seen > 100, "only {seen} methods were found");
    assert!(missing.is_empty(), "they are not run in plans/: {}", missing.join(", "));
}
