//! Moves that fail at any call to either place, or at any commit: the bytes are readable in the
//! place that the row names, and the next run ends the move.

use std::time::Duration;

use blobs::testing::{Call, Fault};
use db::on_both_engines;
use db::testing::Engine;
use names::Digest;
use operations::fsck::Finding;

use crate::house::{House, STANDARD, bytes};

on_both_engines!(
    a_move_that_fails_anywhere_goes_on,
    a_move_whose_commit_fails_goes_on,
    two_moves_at_once_do_no_harm,
);

/// What a crash may leave besides a job that clears it up.
fn is_left(finding: &Finding) -> bool {
    matches!(finding, Finding::NobodyReclaims(_) | Finding::JobGivenUp { .. })
}

/// The bytes are where the row says, whole.
async fn nothing_is_lost(house: &House, what: &str) {
    let findings = house.world.findings(operations::fsck::Depth::Digests).await;
    let lost: Vec<_> = findings.iter().filter(|finding| !is_left(finding)).collect();
    assert!(lost.is_empty(), "{what}: {lost:?}");
}

async fn archived_and_restored(house: &House, what: &str) -> Vec<Digest> {
    let layers = house.push(&house.web, "v1", &[&bytes(1, 300_000), &bytes(2, 10)]).await;
    house.archive(&house.web, "v1").await;
    assert_eq!(house.bytes().await, (0, 300_010), "{what}");
    layers
}

const CALLS: [Call; 5] = [Call::Create, Call::Write, Call::Commit, Call::Open, Call::Read];

fn faults(engine: Engine) -> &'static [Fault] {
    match engine {
        Engine::Sqlite => &[Fault::Broken, Fault::Full, Fault::AnswerLost],
        Engine::Postgres(_) => &[Fault::AnswerLost],
    }
}

/// Has such a call fail in either place.
fn arm(house: &House, call: Call, nth: usize, fault: Fault) {
    house.world.faults().arm(call, nth, fault);
    house.world.archive_faults().arm(call, nth, fault);
}

async fn a_move_that_fails_anywhere_goes_on(engine: Engine) {
    for &fault in faults(engine) {
        for call in CALLS {
            for nth in 1..=2 {
                let what = format!("{call:?} {nth} {fault:?}");
                let mut house = House::new(engine).await;
                // On the way there.
                house.push(&house.web, "v0", &[&bytes(1, 300_000), &bytes(2, 10)]).await;
                house.settle().await;
                arm(&house, call, nth, fault);
                house.update(&house.web, "v0", crate::house::ARCHIVE).await;
                house.world.run_due().await;
                house.world.faults().disarm();
                house.world.archive_faults().disarm();
                nothing_is_lost(&house, &what).await;
                house.world.restart();
                house.settle().await;
                assert_eq!(house.bytes().await, (0, 300_010), "{what}");
                // And on the way back.
                arm(&house, call, nth, fault);
                house.update(&house.web, "v0", STANDARD).await;
                house.world.run_due().await;
                house.world.faults().disarm();
                house.world.archive_faults().disarm();
                nothing_is_lost(&house, &what).await;
                house.world.restart();
                house.settle().await;
                assert!(house.can_be_pulled(&house.web, "v0").await, "{what}");
                assert_eq!(house.bytes().await, (300_010, 0), "{what}");
                assert_eq!(house.archived_objects(), 0, "{what}");
                house.is_in_order().await;
            }
        }
    }
}

async fn a_move_whose_commit_fails_goes_on(engine: Engine) {
    let mut house = House::new(engine).await;
    let layers = archived_and_restored(&house, "at first").await;
    for nth in 1..=8 {
        house.world.db().faults().fail_commit(nth);
        house.update_or_fail(STANDARD).await;
        house.world.run_due().await;
        house.world.restart();
        nothing_is_lost(&house, &format!("commit {nth}")).await;
        // The lease of a run that died ends.
        house.world.clock.forward(Duration::from_mins(10));
        house.update_or_fail(STANDARD).await;
        house.settle().await;
        assert!(house.can_be_pulled(&house.web, "v1").await, "commit {nth}");
        assert_eq!(house.read(&house.web, &layers[0]).await.as_ref(), Some(&layers[0]));
        house.archive(&house.web, "v1").await;
        assert_eq!(house.bytes().await, (0, 300_010), "commit {nth}");
    }
    house.settle().await;
    house.is_in_order().await;
}

async fn two_moves_at_once_do_no_harm(engine: Engine) {
    let house = House::new(engine).await;
    let layers = archived_and_restored(&house, "at first").await;
    house.push(&house.web, "v2", &[&bytes(3, 10)]).await;
    house.update(&house.web, "v1", STANDARD).await;
    // The restoring, and a push of the same layer.
    let content = bytes(1, 300_000);
    let (_, pushed) = tokio::join!(house.world.run_due(), house.push_layer(&house.web, &content));
    assert_eq!(pushed.0, layers[0]);
    house.settle().await;
    assert!(house.can_be_pulled(&house.web, "v1").await);
    assert_eq!(house.read(&house.web, &layers[0]).await.as_ref(), Some(&layers[0]));
    assert_eq!((house.bytes().await, house.archived_objects()), ((300_020, 0), 0));
    house.is_in_order().await;
}
