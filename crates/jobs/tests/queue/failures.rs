//! What happens to a job that fails.

use std::sync::atomic::Ordering;
use std::time::Duration;

use db::testing::Engine;
use db::{DbError, JobRetried, JobState, ListedJob, on_both_engines};
use names::Clock as _;

use crate::office::{Office, Script};

on_both_engines!(
    a_job_that_keeps_failing_is_given_up_and_runs_again_when_asked_for,
    a_failure_is_followed_by_a_longer_and_longer_wait,
    a_job_that_was_given_up_is_listed_and_retried_by_its_number,
    a_job_that_has_not_failed_keeps_its_time,
);

async fn a_job_that_keeps_failing_is_given_up_and_runs_again_when_asked_for(engine: Engine) {
    let office = Office::new(engine, (0..80).map(|_| Script::Fail));
    office.ask("hopeless").await;
    let runner = office.runner();
    let mut runs = 0;
    for _ in 0..200 {
        runs += runner.run_due().await.unwrap();
        office.forward(Duration::from_mins(10));
    }
    assert_eq!(runs, 80, "half a day of attempts, and then no more");
    assert_eq!(runner.counts().dead.load(Ordering::Relaxed), 1);
    assert_eq!(runner.counts().failed.load(Ordering::Relaxed), 79);
    let given_up = Some(JobState::GivenUp);
    let dead: Result<_, DbError> = office.db.read(move |tx| tx.list_jobs(given_up, 0, 10)).await;
    let dead: Vec<_> = dead.unwrap().into_iter().map(|job| (job.subject, job.last_error)).collect();
    assert_eq!(dead, [("hopeless".to_owned(), Some("the road is closed\u{fffd}".to_owned()))]);
    office.ask("hopeless").await;
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert!(!office.queued("hopeless").await);
}

async fn a_failure_is_followed_by_a_longer_and_longer_wait(engine: Engine) {
    let office = Office::new(engine, (0..20).map(|_| Script::Fail));
    office.ask("slow").await;
    let runner = office.runner();
    let mut waits = Vec::new();
    for _ in 0..12 {
        let mut seconds = 0;
        while runner.run_due().await.unwrap() == 0 {
            office.forward(Duration::from_secs(1));
            seconds += 1;
        }
        waits.push(seconds);
    }
    assert_eq!(waits, [0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
}

async fn a_job_that_was_given_up_is_listed_and_retried_by_its_number(engine: Engine) {
    let office = Office::new(engine, (0..81).map(|_| Script::Fail).chain([Script::Done]));
    office.ask("hopeless").await;
    let runner = office.runner();
    let list = async |state| -> Vec<ListedJob> {
        let listed: Result<_, DbError> = office.db.read(move |tx| tx.list_jobs(state, 0, 10)).await;
        listed.unwrap()
    };
    let retry = async |id| -> JobRetried {
        let now = office.clock.now();
        let retried: Result<_, DbError> = office.db.write(move |tx| tx.retry_job(id, now)).await;
        retried.unwrap()
    };
    assert_eq!(list(Some(JobState::Waiting)).await.len(), 1);
    for _ in 0..80 {
        while runner.run_due().await.unwrap() == 0 {
            office.forward(Duration::from_secs(30));
        }
    }
    let given_up = list(Some(JobState::GivenUp)).await;
    assert_eq!((given_up.len(), given_up[0].attempts), (1, 80));
    assert!(list(Some(JobState::Retrying)).await.is_empty());
    let id = given_up[0].id;
    assert_eq!(retry(id).await, JobRetried::Due);
    assert_eq!(runner.run_due().await.unwrap(), 1, "it fails once more");
    assert_eq!(list(Some(JobState::Retrying)).await[0].attempts, 1, "and has all attempts again");
    assert_eq!(retry(id).await, JobRetried::Due, "without waiting for its time");
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(retry(id).await, JobRetried::Unknown, "it is done");
    office.ask("running").await;
    let claimed = office.claim().await;
    assert_eq!(list(Some(JobState::Running)).await.len(), 1);
    assert_eq!(retry(claimed.id).await, JobRetried::IsRunning);
}

async fn a_job_that_has_not_failed_keeps_its_time(engine: Engine) {
    let office = Office::new(engine, [Script::Fail, Script::Done]);
    let retry = async || -> JobRetried {
        let now = office.clock.now();
        let listed: Result<_, DbError> = office.db.read(|tx| tx.list_jobs(None, 0, 10)).await;
        let id = listed.unwrap()[0].id;
        let retried: Result<_, DbError> = office.db.write(move |tx| tx.retry_job(id, now)).await;
        retried.unwrap()
    };
    office.ask_later("patient", Duration::from_mins(10)).await;
    let runner = office.runner();
    assert_eq!(retry().await, JobRetried::HasNotFailed);
    assert_eq!(runner.run_due().await.unwrap(), 0, "its grace goes on");
    office.forward(Duration::from_mins(10));
    assert_eq!(retry().await, JobRetried::HasNotFailed, "it is due, and no runner has come yet");
    assert_eq!(runner.run_due().await.unwrap(), 1, "it fails");
    assert_eq!(retry().await, JobRetried::Due);
    office.ask_later("patient", Duration::from_mins(10)).await;
    assert_eq!(retry().await, JobRetried::HasNotFailed, "asking for it anew forgets its failure");
    office.forward(Duration::from_mins(10));
    assert_eq!(runner.run_due().await.unwrap(), 1);
}
