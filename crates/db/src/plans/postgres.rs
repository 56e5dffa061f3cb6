//! PostgreSQL is asked for the plan of each statement that was run on SQLite, over statistics that
//! mislead its planner.

use std::error::Error;

use stand_ins::Postgres;

use super::statements::statements;
use super::{background, noted};
use crate::engine::postgres;
use crate::testing::MANY_IMAGES;
use crate::tx::Access;
use crate::{Db, Tx};

/// PostgreSQL derives the type of each parameter from its position; an ambiguous statement is
/// refused here.
#[test]
fn every_statement_is_one_of_postgresql_and_finds_its_rows_through_an_index() {
    let mut statements = statements();
    let Some(server) = Postgres::shared() else { return };
    let database = server.database();
    Db::connect(&database.url(), 1).unwrap();
    let mut session = postgres::Session::open(&database.url()).unwrap();
    fill_one_repository(&session);
    // Spelled otherwise.
    session.begin(Access::Take);
    let mut tx = Tx::postgres(&mut session, Access::Take);
    background::run_statements_that_claim(&mut tx).unwrap();
    statements.extend(noted::take());
    session.roll_back().unwrap();
    let mut wrong = Vec::new();
    for sql in statements {
        match session.explain(&sql) {
            Ok(steps) => wrong.extend(
                steps
                    .into_iter()
                    .filter(|step| {
                        is_over_everything(step) || is_over_others(&sql, step) || is_past_key(step)
                    })
                    .map(|step| format!("{step}\nin the plan of\n{sql}")),
            ),
            Err(error) => wrong.push(format!("{error}: {:?}\nof\n{sql}", error.source())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Makes the statistics misleading: nearly every row belongs to one repository, so its name seems
/// not to be selective.
fn fill_one_repository(session: &postgres::Session) {
    const ONE_REPOSITORY: &str =
        "INSERT INTO registry (account, region, created_at) VALUES ('123456789012', 'us-east-1', 1);
         INSERT INTO repository (registry, name, mutability, exclusion_filters, scan_on_push, encryption,
                                 encryption_key, created_at)
             SELECT id, 'web', 'MUTABLE', '[]', 0, 'AES256', 'default', 1 FROM registry";
    const MANY_GONE: &str =
        "INSERT INTO expired_image (repository, digest, expired_at, tags, pushed_at, rule, reason)
             SELECT repository, digest, 1, '', 1, '{}', '' FROM image;
         INSERT INTO deleted_image (repository, digest, deleted_at, restorable_until, cause, tags, layers, children,
                                    media_type, size, status, pushed_at, manifest_size, manifest)
             SELECT repository, digest, id, id, 'EXPIRED', '', '', '', media_type, 1, status, 1, 2, manifest
             FROM image";
    const HELP_IS_CHEAP: &str =
        "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
         SET min_parallel_index_scan_size = 0";
    for batch in [ONE_REPOSITORY, MANY_IMAGES, MANY_GONE, "ANALYZE", HELP_IS_CHEAP] {
        session.batch(batch, "mislead the planner").unwrap();
    }
}

/// An incremental sort covers only the few rows that are equal in the existing order: the tags of
/// one image.
fn is_over_everything(step: &str) -> bool {
    let step = step.trim_start_matches([' ', '-', '>']);
    ["Seq Scan", "Sort  (", "Hash ", "Gather", "Parallel"].iter().any(|sign| step.starts_with(sign))
}

/// A list that filters by repository or status would read, in its order, the rows of all others.
fn is_over_others(sql: &str, step: &str) -> bool {
    sql.contains("ORDER BY")
        && step.trim_start().starts_with("Filter:")
        && ["repository = $", "status = $"].iter().any(|by| step.contains(by))
}

/// What is looked for by its key is found through an index that holds the whole key. One that holds
/// the repository alone leads past all of the repository's rows.
fn is_past_key(step: &str) -> bool {
    step.trim_start().starts_with("Filter:")
        && ["(digest = $", "(tag = $", "(subject = $", "(child = $"]
            .iter()
            .any(|key| step.contains(key))
}

#[test]
fn a_plan_of_postgresql_that_scans_is_seen() {
    let Some(server) = Postgres::shared() else { return };
    let session = postgres::Session::open(&server.database().url()).unwrap();
    let steps = session.explain("SELECT oid FROM pg_class WHERE reltype > $1 ORDER BY relnatts");
    let steps = steps.unwrap();
    let over_everything = steps.iter().filter(|step| is_over_everything(step)).count();
    assert_eq!(over_everything, 2, "{steps:?}");
}
