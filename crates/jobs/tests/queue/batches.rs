//! Small jobs of one cause run together.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;

use crate::office::{Office, Script};

on_both_engines!(
    jobs_of_one_cause_run_together_and_end_together,
    each_job_of_a_batch_has_its_own_outcome,
    a_job_that_fails_runs_alone_afterwards,
    a_job_that_is_asked_for_while_its_batch_runs_runs_again,
    a_batch_leaves_the_other_causes_their_places,
);

async fn jobs_of_one_cause_run_together_and_end_together(engine: Engine) {
    let office = Office::running_together(engine, 10, []);
    for number in 0..25 {
        office.ask(&format!("flood.{number:02}")).await;
    }
    office.forward(Duration::from_secs(1));
    office.ask("calm.1").await;
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 11);
    assert_eq!(office.ran_together(), [10], "one that is alone runs alone");
    assert_eq!(runner.run_due().await.unwrap(), 10);
    assert_eq!(runner.run_due().await.unwrap(), 5);
    assert_eq!(office.ran_together(), [10, 5]);
    let mut ran = office.ran();
    ran.sort();
    ran.dedup();
    assert_eq!(ran.len(), 26, "each once: {ran:?}");
    assert_eq!(runner.run_due().await.unwrap(), 0);
    assert!(!office.queued("flood.00").await && !office.queued("flood.24").await);
}

async fn each_job_of_a_batch_has_its_own_outcome(engine: Engine) {
    let later = Script::Again(Duration::from_mins(1));
    let office = Office::running_together(engine, 10, [Script::Done, later, Script::Done]);
    for about in ["a.1", "a.2", "a.3"] {
        office.ask(about).await;
    }
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 3);
    let put_off = office.ran()[1].clone();
    assert_eq!(runner.run_due().await.unwrap(), 0);
    office.forward(Duration::from_mins(1));
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(office.ran(), [put_off]);
}

async fn a_job_that_fails_runs_alone_afterwards(engine: Engine) {
    let office = Office::running_together(engine, 10, [Script::Done, Script::Fail]);
    for about in ["a.1", "a.2", "a.3"] {
        office.ask(about).await;
    }
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 3);
    assert_eq!(office.ran_together(), [3]);
    assert_eq!(office.ran().len(), 2, "the third was not begun");
    // Whichever failed, all are tried again, each alone.
    office.forward(Duration::from_secs(3));
    assert_eq!(runner.run_due().await.unwrap(), 3);
    assert!(office.ran_together().is_empty());
    let mut ran = office.ran();
    ran.sort();
    assert_eq!(ran, ["a.1", "a.2", "a.3"]);
    assert_eq!(runner.run_due().await.unwrap(), 0);
}

async fn a_job_that_is_asked_for_while_its_batch_runs_runs_again(engine: Engine) {
    let office = Office::running_together(engine, 10, [Script::AskAgain]);
    for about in ["a.1", "a.2"] {
        office.ask(about).await;
    }
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 2);
    let first = office.ran()[0].clone();
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(office.ran(), [first]);
    assert_eq!(runner.run_due().await.unwrap(), 0);
}

async fn a_batch_leaves_the_other_causes_their_places(engine: Engine) {
    let office = Office::running_together(engine, 4, [Script::Hang]);
    for number in 0..4 {
        office.ask(&format!("slow.{number}")).await;
    }
    let runner = office.runner();
    let others = async {
        while office.bodies.ran.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for number in 0..20 {
            office.ask(&format!("slow.later-{number}")).await;
        }
        for number in 0..12 {
            office.ask(&format!("cause-{number}.1")).await;
        }
        while office.bodies.ran.lock().unwrap().len() < 13 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = runner.run() => panic!("it runs for ever"),
        () = others => {}
        () = tokio::time::sleep(Duration::from_secs(30)) => panic!("{:?}", office.ran()),
    }
    let ran = office.ran();
    let of_slow = ran.iter().filter(|about| about.starts_with("slow")).count();
    assert_eq!(of_slow, 1, "its cause waits for the batch: {ran:?}");
}
