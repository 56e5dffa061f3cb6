//! Whatever fails between two steps, each record is delivered, once, and the chain is whole.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use names::Timestamp;

use crate::destination::Failing;
use crate::place::{HOUR, MINUTE, Place, event, home};

on_both_engines!(
    each_put_may_fail,
    each_commit_may_fail,
    a_destination_that_is_away_loses_nothing,
    rows_of_a_backup_begin_another_chain,
);

/// A few records, a few hours, and a failure. Then all is delivered that there was.
async fn is_whole(place: &Place, failure: u32) {
    place.faults.clear();
    place.world.db().faults().clear();
    // Leases end, and failed jobs are tried again.
    for _ in 0..3 {
        place.pass(HOUR).await;
    }
    let mut ids: Vec<String> =
        place.delivered("trail", &home()).into_iter().map(|(id, _)| id).collect();
    ids.sort();
    let mut expected: Vec<String> = (1..=6).map(|number| event(number).to_string()).collect();
    expected.sort();
    let jobs = place.world.operations().list_jobs(None, 0, 10).await.unwrap();
    assert_eq!(ids, expected, "failure {failure}: {jobs:?}");
    let checked = place.verified("trail").await;
    assert_eq!(checked.problems, [], "failure {failure}");
    assert_eq!(checked.unnamed_logs, 0, "failure {failure}");
    assert!(checked.beginnings.is_empty(), "failure {failure}");
}

async fn records_and_hours(place: &Place) {
    for number in 1..=6 {
        place.keep(&home(), number).await;
        place.pass(30 * MINUTE).await;
    }
}

async fn each_put_may_fail(engine: Engine) {
    for how in [Failing::Before, Failing::After] {
        for nth in 1..=8 {
            let place = Place::new(engine).await;
            place.faults.fail(nth, how);
            records_and_hours(&place).await;
            is_whole(&place, nth).await;
        }
    }
}

async fn each_commit_may_fail(engine: Engine) {
    // The first run: from the claim of the job to the end of it, and the next ones.
    let step = if matches!(engine, Engine::Sqlite) { 1 } else { 5 };
    for nth in (1..=24).step_by(step) {
        let place = Place::new(engine).await;
        for number in 1..=5 {
            place.keep(&home(), number).await;
        }
        place.world.db().faults().fail_commit(nth);
        for _ in 0..3 {
            place.pass(HOUR).await;
        }
        place.world.db().faults().clear();
        place.keep(&home(), 6).await;
        is_whole(&place, nth).await;
    }
}

async fn a_destination_that_is_away_loses_nothing(engine: Engine) {
    let place = Place::new(engine).await;
    place.world.operations().begin_forgetting_audit_records().await.unwrap();
    place.faults.fail(1, Failing::Before);
    records_and_hours(&place).await;
    let jobs = place.world.operations().list_jobs(None, 0, 10).await.unwrap();
    let job = jobs.iter().find(|job| job.job.name == "deliver_audit_records").unwrap();
    let because = job.job.waits_because.clone().unwrap_or_default();
    assert!(because.contains("full"), "{because}");
    place.world.operations().measure_audit_delivery().await.unwrap();
    assert!(place.world.operations().audit_waits() > Some(2 * HOUR));
    // They are older than records are kept, and wait nevertheless.
    place.pass(Duration::from_hours(24 * 100)).await;
    assert_eq!(place.delivered("trail", &home()), []);
    is_whole(&place, 0).await;
    place.world.operations().measure_audit_delivery().await.unwrap();
    assert_eq!(place.world.operations().audit_waits(), Some(Duration::ZERO));
}

async fn rows_of_a_backup_begin_another_chain(engine: Engine) {
    let place = Place::new(engine).await;
    place.keep(&home(), 1).await;
    place.pass(HOUR).await;
    let old = place.world.db().read(|tx| tx.find_audit_chain(&home())).await.unwrap().unwrap();
    place.pass(2 * HOUR).await;
    let (file, signature) = old.newest.unwrap();
    let back = move |tx: &mut db::Tx<'_>| {
        let until: Timestamp = old.digested_until;
        tx.put_audit_digest(&home(), until, &file, &signature)
    };
    place.world.db().write(back).await.unwrap();
    for _ in 0..2 {
        place.pass(HOUR).await;
    }
    let checked = place.verified("trail").await;
    assert_eq!(checked.problems, []);
    assert_eq!(checked.beginnings.len(), 1, "{:?}", checked.beginnings);
}
