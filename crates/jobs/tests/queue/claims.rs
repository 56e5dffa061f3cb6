//! Which job is claimed, by which runner, and for how long.

use std::sync::atomic::Ordering;
use std::time::Duration;

use db::testing::Engine;
use db::{ClaimedJob, DbError, JobTurn, on_both_engines};
use jobs::{Lane, forget};
use names::{Clock as _, Timestamp};

use crate::office::{Errand, Office, PAST_LEASE, Script};

on_both_engines!(
    a_job_whose_runner_died_runs_again_after_its_lease,
    the_only_process_ends_the_leases_of_the_one_before,
    of_two_that_run_a_job_only_the_last_to_claim_it_ends_it,
    what_ends_in_a_failed_commit_runs_again,
    a_lease_is_renewed_while_the_body_runs_and_a_body_that_lost_it_is_stopped,
);

async fn a_job_whose_runner_died_runs_again_after_its_lease(engine: Engine) {
    let office = Office::new(engine, [Script::Hang]);
    office.ask("fragile").await;
    let runner = office.runner();
    // It dies when it has begun.
    let begun = async {
        while office.bodies.ran.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        ended = runner.run_due() => panic!("a job that never ends has ended: {ended:?}"),
        () = begun => {}
    }
    assert_eq!(office.ran(), ["fragile"]);
    let another = office.runner();
    assert_eq!(another.run_due().await.unwrap(), 0, "it is still claimed");
    office.forward(PAST_LEASE);
    assert_eq!(another.run_due().await.unwrap(), 1);
    assert_eq!(office.ran(), ["fragile"]);
    assert!(!office.queued("fragile").await);
}

async fn the_only_process_ends_the_leases_of_the_one_before(engine: Engine) {
    let office = Office::new(engine, []);
    office.ask("interrupted").await;
    office.ask_later("later", PAST_LEASE).await;
    let before = office.claim().await;
    let now = office.clock.now();
    let ended: Result<(), DbError> = office.db.write(move |tx| tx.end_leases(now)).await;
    ended.unwrap();
    assert_eq!(office.runner().run_due().await.unwrap(), 1);
    assert_eq!(office.ran(), ["interrupted"], "and nothing before its time");
    assert!(!office.db.write(move |tx| tx.end_job(&before)).await.unwrap(), "it has lost it");
}

async fn of_two_that_run_a_job_only_the_last_to_claim_it_ends_it(engine: Engine) {
    let office = Office::new(engine, []);
    office.ask("contested").await;
    let claim = |now: Timestamp| {
        let db = office.db.clone();
        async move {
            let lease_until = now.plus(Duration::from_mins(5));
            let lane = Lane::Reclaiming.as_str();
            db.claim_jobs(lane, JobTurn::new(8), now, lease_until, 8).await.unwrap().0
        }
    };
    let first = claim(office.clock.now()).await.remove(0);
    assert!(claim(office.clock.now()).await.is_empty(), "it is claimed");
    office.forward(PAST_LEASE);
    let second = claim(office.clock.now()).await.remove(0);
    let end = |job: ClaimedJob| office.db.write(move |tx| tx.end_job(&job));
    assert!(!end(first.clone()).await.unwrap(), "the first has lost it");
    let late = office.clock.now().plus(Duration::from_hours(9));
    let put_off: Result<(), DbError> =
        office.db.write(move |tx| tx.postpone_job(&first, late, Some("late"))).await;
    put_off.unwrap();
    assert!(end(second.clone()).await.unwrap());
    assert!(!end(second).await.unwrap(), "it has ended");
}

async fn what_ends_in_a_failed_commit_runs_again(engine: Engine) {
    let office = Office::new(engine, []);
    office.ask("unlucky").await;
    let runner = office.runner();
    // The first commit claims the job, the second would end it.
    office.db.faults().fail_commit(2);
    assert!(runner.run_due().await.is_err());
    assert_eq!(office.ran(), ["unlucky"]);
    office.forward(PAST_LEASE);
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(office.ran(), ["unlucky"]);
}

async fn a_lease_is_renewed_while_the_body_runs_and_a_body_that_lost_it_is_stopped(engine: Engine) {
    const LEASE: Duration = Duration::from_secs(3);
    let office = Office::new(engine, [Script::Hang]);
    office.ask("slow").await;
    let (runner, another) = (office.runner().leasing_for(LEASE), office.runner());
    let stolen = async {
        // Until this runner has it, the other one may claim it.
        while office.ran().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for _ in 0..50 {
            tokio::time::sleep(LEASE / 25).await;
            office.forward(LEASE / 25);
            assert_eq!(another.run_due().await.unwrap(), 0, "the lease is renewed");
        }
        let taken: Result<(), DbError> = office.db.write(|tx| forget::<Errand>(tx, "slow")).await;
        taken.unwrap();
    };
    let both = async { tokio::join!(runner.run_due(), stolen) };
    let ended = tokio::time::timeout(Duration::from_mins(1), both).await;
    assert_eq!(ended.expect("the body is stopped").0.unwrap(), 1);
    assert_eq!(runner.counts().lost.load(Ordering::Relaxed), 1);
}
