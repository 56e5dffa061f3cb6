//! The promises of the queue.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use db::on_both_engines;
use db::testing::Engine;
use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use db::{ClaimedJob, Db, DbError, JobRetried, JobState, JobTurn, ListedJob};
use jobs::{Job, JobBodies, JobFault, Lane, Moves, Outcome, Runner, enqueue, forget};
use names::{Clock, Timestamp};
use serde::{Deserialize, Serialize};
use stand_ins::HandClock;
use tempfile::TempDir;

on_both_engines!(
    a_job_that_was_queued_in_a_failed_transaction_does_not_exist,
    a_job_runs_when_it_is_due_and_is_then_forgotten,
    a_job_that_is_put_off_comes_again_as_often_as_it_likes,
    a_job_whose_runner_died_runs_again_after_its_lease,
    asking_again_while_a_job_runs_makes_it_run_again,
    the_same_job_about_the_same_thing_is_queued_once,
    a_job_that_keeps_failing_is_given_up_and_runs_again_when_asked_for,
    a_failure_is_followed_by_a_longer_and_longer_wait,
    of_two_that_run_a_job_only_the_last_to_claim_it_ends_it,
    what_ends_in_a_failed_commit_runs_again,
    a_flood_in_one_lane_leaves_the_other_alone,
    a_job_whose_cause_has_gone_is_taken_back,
    a_flood_of_one_cause_waits_for_itself,
    a_slow_job_holds_one_place_and_no_other_job,
    a_lease_is_renewed_while_the_body_runs_and_a_body_that_lost_it_is_stopped,
    a_job_that_was_given_up_is_listed_and_retried_by_its_number,
);

/// A job that does what the test says.
#[derive(Serialize, Deserialize)]
struct Errand {
    about: String,
    /// Before the first dot of what it is about.
    cause: String,
}

impl Errand {
    fn new(about: &str) -> Self {
        let cause = about.split('.').next().unwrap_or_default();
        Self { about: about.to_owned(), cause: cause.to_owned() }
    }
}

impl Job for Errand {
    const NAME: &'static str = "errand";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.about.clone()
    }

    fn cause(&self) -> String {
        self.cause.clone()
    }
}

/// What the next run of a job does.
enum Script {
    Done,
    Again(Duration),
    Fail,
    /// Asks for the job once more, and then is done.
    AskAgain,
    /// Never ends.
    Hang,
}

struct Bodies {
    db: Db,
    clock: Arc<HandClock>,
    scripts: Mutex<VecDeque<Script>>,
    ran: Mutex<Vec<String>>,
}

#[async_trait]
impl JobBodies for Bodies {
    async fn run(&self, job: &ClaimedJob) -> Result<Outcome, JobFault> {
        let now = self.clock.now();
        self.ran.lock().unwrap().push(job.subject.clone());
        let script = self.scripts.lock().unwrap().pop_front();
        match script {
            None | Some(Script::Done) => Ok(Outcome::Done),
            Some(Script::Again(later)) => Ok(Outcome::Again(now.plus(later))),
            Some(Script::Fail) => Err(JobFault("the road is closed\0".into())),
            Some(Script::Hang) => std::future::pending().await,
            Some(Script::AskAgain) => {
                ask(&self.db, &job.subject, now, now).await.unwrap();
                Ok(Outcome::Done)
            }
        }
    }
}

async fn ask(db: &Db, about: &str, due_at: Timestamp, now: Timestamp) -> Result<(), DbError> {
    let about = about.to_owned();
    db.write(move |tx| enqueue(tx, &Errand::new(&about), due_at, now)).await
}

/// A queue, its clock and its bodies.
struct Office {
    _folder: TempDir,
    db: Db,
    clock: Arc<HandClock>,
    bodies: Arc<Bodies>,
}

impl Office {
    fn new(engine: Engine, scripts: impl IntoIterator<Item = Script>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = engine.rows(folder.path()).open();
        let clock = Arc::<HandClock>::default();
        let bodies = Arc::new(Bodies {
            db: db.clone(),
            clock: clock.clone(),
            scripts: Mutex::new(scripts.into_iter().collect()),
            ran: Mutex::default(),
        });
        Self { _folder: folder, db, clock, bodies }
    }

    fn runner(&self) -> Runner {
        let (db, bodies, clock) = (self.db.clone(), self.bodies.clone(), self.clock.clone());
        Runner::new(Lane::Reclaiming, db, bodies, clock)
    }

    fn forward(&self, time: Duration) {
        self.clock.forward(time);
    }

    async fn ask(&self, about: &str) {
        let now = self.clock.now();
        ask(&self.db, about, now, now).await.unwrap();
    }

    /// Claims the one job that is due, for a runner that does nothing.
    async fn claim(&self) -> ClaimedJob {
        let (now, turn) = (self.clock.now(), JobTurn::new(8));
        let lane = Lane::Reclaiming.as_str();
        let claimed =
            self.db.claim_jobs(lane, turn, now, now.plus(Duration::from_mins(5)), 8).await;
        claimed.unwrap().0.remove(0)
    }

    fn ran(&self) -> Vec<String> {
        std::mem::take(&mut *self.bodies.ran.lock().unwrap())
    }

    async fn queued(&self, about: &'static str) -> bool {
        let known: Result<_, DbError> =
            self.db.read(move |tx| tx.job_is_known(Errand::NAME, about)).await;
        known.unwrap()
    }
}

/// Longer than the lease of a claim.
const PAST_LEASE: Duration = Duration::from_mins(6);

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

async fn a_flood_in_one_lane_leaves_the_other_alone(engine: Engine) {
    let office = Office::new(engine, []);
    for about in 0..30 {
        office.ask(&format!("flood.{about}")).await;
    }
    let (db, bodies, clock) = (office.db.clone(), office.bodies.clone(), office.clock.clone());
    let records = Runner::new(Lane::Records, db, bodies, clock);
    assert_eq!(records.run_due().await.unwrap(), 0);
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 6, "all places but two, for one cause");
}

async fn a_job_whose_cause_has_gone_is_taken_back(engine: Engine) {
    let office = Office::new(engine, []);
    office.ask("moot").await;
    let forgotten: Result<(), DbError> = office.db.write(|tx| forget::<Errand>(tx, "moot")).await;
    forgotten.unwrap();
    assert_eq!(office.runner().run_due().await.unwrap(), 0);
}

async fn a_flood_of_one_cause_waits_for_itself(engine: Engine) {
    let office = Office::new(engine, []);
    for number in 0..100 {
        office.ask(&format!("flood.{number}")).await;
    }
    office.forward(Duration::from_secs(1));
    for about in ["calm.1", "calm.2", "zest.1"] {
        office.ask(about).await;
    }
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 8);
    let ran = office.ran();
    let of = |cause: &str| ran.iter().filter(|about| about.starts_with(cause)).count();
    assert_eq!((of("calm"), of("zest"), of("flood")), (2, 1, 5), "each in its turn: {ran:?}");
    assert_eq!(runner.run_due().await.unwrap(), 6, "one cause leaves places for others");
}

async fn a_slow_job_holds_one_place_and_no_other_job(engine: Engine) {
    let office = Office::new(engine, [Script::Hang]);
    for number in 0..20 {
        office.ask(&format!("cause.{number}")).await;
    }
    let runner = office.runner();
    let others = async {
        while office.bodies.ran.lock().unwrap().len() < 20 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = runner.run() => panic!("it runs for ever"),
        () = others => {}
        () = tokio::time::sleep(Duration::from_secs(30)) => panic!("{:?}", office.ran()),
    }
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
