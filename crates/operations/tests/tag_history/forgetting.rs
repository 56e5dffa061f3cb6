//! For how long moves are remembered.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use jobs::Lane;
use operations::TagHistory;

use crate::place::{DAY, MINUTE, Place};

on_both_engines!(
    moves_are_forgotten_after_their_time_and_the_job_goes_on,
    a_job_that_is_killed_goes_on_with_the_next_run,
    without_a_history_no_move_is_written_down_and_the_old_ones_go,
);

async fn moves_are_forgotten_after_their_time_and_the_job_goes_on(engine: Engine) {
    let place = Place::new(engine).await;
    let operations = place.world.operations();
    for _ in 0..2 {
        operations.begin_forgetting_tag_moves().await.unwrap();
    }
    place.push(1, "v1").await;
    place.world.clock.forward(DAY);
    place.push(2, "v1").await;
    for (days, left) in [(0, 2), (88, 2), (1, 1), (1, 0), (1, 0)] {
        place.world.clock.forward(days * DAY + MINUTE);
        place.world.run_due().await;
        assert_eq!(place.moves(None).await.len(), left, "after {days} days more");
    }
    let jobs = operations.list_jobs(None, 0, 10).await.unwrap();
    let jobs: Vec<_> = jobs.iter().filter(|job| job.job.name == "forget_tag_moves").collect();
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    place.push(3, "v1").await;
    assert_eq!(place.moves(None).await.len(), 1);
    place.is_in_order().await;
}

async fn a_job_that_is_killed_goes_on_with_the_next_run(engine: Engine) {
    let place = Place::new(engine).await;
    let names: Vec<String> = (0..700).map(|number| format!("v{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    place.try_to_push(1, &names).await.unwrap();
    place.world.run_due().await;
    place.world.operations().begin_forgetting_tag_moves().await.unwrap();
    place.world.clock.forward(91 * DAY);
    // It takes three steps of 250. One of them fails in the end, after those that claim the job.
    let mut left = 700;
    for nth in 1..10 {
        place.world.db().faults().fail_commit(nth);
        let _ = place.world.run_lane(Lane::Lifecycle).await;
        place.world.db().faults().clear();
        left = place.moves(None).await.len();
        // A failed job is tried again after a while.
        place.world.clock.forward(Duration::from_hours(1));
        if left < 700 {
            break;
        }
    }
    assert!(left > 0 && left < 700, "{left}");
    place.world.run_due().await;
    assert_eq!(place.moves(None).await, []);
}

async fn without_a_history_no_move_is_written_down_and_the_old_ones_go(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.push(1, "v1").await;
    place.world.tag_history = TagHistory { remember: Duration::ZERO, ..TagHistory::default() };
    place.world.restart();
    place.push(2, "v1").await;
    place.untag("v1").await;
    assert_eq!(place.moves(None).await.len(), 1);
    place.world.operations().begin_forgetting_tag_moves().await.unwrap();
    place.world.clock.forward(MINUTE);
    place.world.run_due().await;
    assert_eq!(place.moves(None).await, []);
}
