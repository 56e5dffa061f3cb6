//! Trails that begin, change and end.

use db::on_both_engines;
use db::testing::Engine;
use operations::TrailChoice;

use crate::destination::Failing;
use crate::place::{HOUR, MINUTE, Place, event, home};

on_both_engines!(
    records_wait_for_a_server_that_delivers,
    another_trail_has_another_chain,
    a_trail_that_ends_drops_what_waits,
);

async fn records_wait_for_a_server_that_delivers(engine: Engine) {
    let mut place = Place::new(engine).await;
    let trail = std::mem::take(&mut place.world.trail);
    place.world.restart();
    place.world.operations().settle_audit_trail().await.unwrap();
    place.keep(&home(), 1).await;
    place.pass(MINUTE).await;
    let jobs = place.world.operations().list_jobs(None, 0, 10).await.unwrap();
    let job = jobs.iter().find(|job| job.job.name == "deliver_audit_records").unwrap();
    assert!(job.job.waits_because.as_ref().unwrap().contains("--audit-trail"), "{job:?}");
    place.world.trail = trail;
    place.world.restart();
    place.world.operations().settle_audit_trail().await.unwrap();
    place.pass(2 * MINUTE).await;
    assert_eq!(place.delivered("trail", &home()).len(), 1);
}

async fn another_trail_has_another_chain(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.keep(&home(), 1).await;
    place.pass(HOUR).await;
    // A log file that was not written goes to the new trail.
    place.keep(&home(), 2).await;
    place.faults.fail(1, Failing::Before);
    place.pass(2 * MINUTE).await;
    place.faults.clear();
    place.restart_with("second").await;
    place.keep(&home(), 3).await;
    place.pass(HOUR).await;
    place.pass(HOUR).await;
    assert_eq!(place.delivered("trail", &home()).len(), 1);
    let ids: Vec<String> =
        place.delivered("second", &home()).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [2, 3].map(|number| event(number).to_string()));
    for name in ["trail", "second"] {
        let checked = place.verified_until(name, None).await;
        assert_eq!(checked.problems, [], "{name}");
        assert!(checked.beginnings.is_empty(), "{name}");
    }
    let trail = place.world.operations().describe_trails().await.unwrap().unwrap();
    assert_eq!(trail.name, "second");
}

async fn a_trail_that_ends_drops_what_waits(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.keep(&home(), 1).await;
    place.world.trail = TrailChoice::Off;
    place.world.restart();
    place.world.operations().settle_audit_trail().await.unwrap();
    assert_eq!(place.world.operations().describe_trails().await.unwrap(), None);
    place.keep(&home(), 2).await;
    place.restart_with("trail").await;
    place.keep(&home(), 3).await;
    place.pass(2 * MINUTE).await;
    let ids: Vec<String> =
        place.delivered("trail", &home()).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [event(3).to_string()]);
}
