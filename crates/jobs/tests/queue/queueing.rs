//! When a job is queued, and when it is forgotten.

use std::time::Duration;

use db::testing::Engine;
use db::{DbError, on_both_engines};
use jobs::{enqueue, forget};
use names::Clock as _;

use crate::office::{Errand, Office, Script, ask};

on_both_engines!(
    a_job_that_was_queued_in_a_failed_transaction_does_not_exist,
    a_job_runs_when_it_is_due_and_is_then_forgotten,
    a_job_that_is_put_off_comes_again_as_often_as_it_likes,
    asking_again_while_a_job_runs_makes_it_run_again,
    the_same_job_about_the_same_thing_is_queued_once,
    a_job_whose_cause_has_gone_is_taken_back,
);

async fn a_job_that_was_queued_in_a_failed_transaction_does_not_exist(engine: Engine) {
    let office = Office::new(engine, []);
    let now = office.clock.now();
    let failed: Result<(), DbError> = office
        .db
        .write(move |tx| {
            enqueue(tx, &Errand::new("never"), now, now)?;
            Err(DbError::Closed)
        })
        .await;
    assert!(failed.is_err());
    office.db.faults().fail_commit(1);
    assert!(ask(&office.db, "neither", now, now).await.is_err());
    assert_eq!(office.runner().run_due().await.unwrap(), 0);
    assert!(!office.queued("never").await && !office.queued("neither").await);
}

async fn a_job_runs_when_it_is_due_and_is_then_forgotten(engine: Engine) {
    let office = Office::new(engine, []);
    let now = office.clock.now();
    ask(&office.db, "later", now.plus(Duration::from_secs(5)), now).await.unwrap();
    let runner = office.runner();
    office.forward(Duration::from_millis(4_999));
    assert_eq!(runner.run_due().await.unwrap(), 0);
    office.forward(Duration::from_millis(1));
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(office.ran(), ["later"]);
    assert!(!office.queued("later").await);
}

async fn a_job_that_is_put_off_comes_again_as_often_as_it_likes(engine: Engine) {
    let again = || Script::Again(Duration::from_hours(1));
    let office = Office::new(engine, (0..200).map(|_| again()).chain([Script::Done]));
    office.ask("patience").await;
    let runner = office.runner();
    for _ in 0..=200 {
        assert_eq!(runner.run_due().await.unwrap(), 1);
        assert_eq!(runner.run_due().await.unwrap(), 0);
        office.forward(Duration::from_hours(1));
    }
    assert!(!office.queued("patience").await);
}

async fn asking_again_while_a_job_runs_makes_it_run_again(engine: Engine) {
    let office = Office::new(engine, [Script::AskAgain]);
    office.ask("news").await;
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert!(office.queued("news").await, "the first run did not end what was asked for during it");
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(office.ran(), ["news", "news"]);
    assert!(!office.queued("news").await);
}

async fn the_same_job_about_the_same_thing_is_queued_once(engine: Engine) {
    let office = Office::new(engine, []);
    for about in ["one", "two", "one", "one"] {
        office.ask(about).await;
    }
    assert_eq!(office.runner().run_due().await.unwrap(), 2);
}

async fn a_job_whose_cause_has_gone_is_taken_back(engine: Engine) {
    let office = Office::new(engine, []);
    office.ask("moot").await;
    let forgotten: Result<(), DbError> = office.db.write(|tx| forget::<Errand>(tx, "moot")).await;
    forgotten.unwrap();
    assert_eq!(office.runner().run_due().await.unwrap(), 0);
}
