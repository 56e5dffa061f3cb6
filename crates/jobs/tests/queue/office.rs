//! A queue with bodies that do what a test says.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use db::testing::Engine;
use db::{ClaimedJob, Db, DbError, JobTurn};
use jobs::{Job, JobBodies, JobFault, Lane, Moves, Outcome, Runner, enqueue};
use names::{Clock as _, Timestamp};
use serde::{Deserialize, Serialize};
use stand_ins::HandClock;
use tempfile::TempDir;

/// A job that does what the test says.
#[derive(Serialize, Deserialize)]
pub(crate) struct Errand {
    about: String,
    /// Before the first dot of what it is about.
    cause: String,
}

impl Errand {
    pub(crate) fn new(about: &str) -> Self {
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
pub(crate) enum Script {
    Done,
    Again(Duration),
    Fail,
    /// Asks for the job once more, and then is done.
    AskAgain,
    /// Never ends.
    Hang,
}

pub(crate) struct Bodies {
    pub(crate) db: Db,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) scripts: Mutex<VecDeque<Script>>,
    pub(crate) ran: Mutex<Vec<String>>,
    /// How many jobs may run together, and how many did.
    pub(crate) together_max: u32,
    pub(crate) together: Mutex<Vec<usize>>,
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

    fn together_max(&self, _name: &str) -> u32 {
        self.together_max
    }

    async fn run_together(&self, jobs: &[ClaimedJob]) -> Result<Vec<Outcome>, JobFault> {
        self.together.lock().unwrap().push(jobs.len());
        let mut outcomes = Vec::new();
        for job in jobs {
            outcomes.push(self.run(job).await?);
        }
        Ok(outcomes)
    }
}

pub(crate) async fn ask(
    db: &Db,
    about: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<(), DbError> {
    let about = about.to_owned();
    db.write(move |tx| enqueue(tx, &Errand::new(&about), due_at, now)).await
}

/// A queue, its clock and its bodies.
pub(crate) struct Office {
    _folder: TempDir,
    pub(crate) db: Db,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) bodies: Arc<Bodies>,
}

impl Office {
    pub(crate) fn new(engine: Engine, scripts: impl IntoIterator<Item = Script>) -> Self {
        Self::running_together(engine, 1, scripts)
    }

    /// So many jobs may run together.
    pub(crate) fn running_together(
        engine: Engine,
        together_max: u32,
        scripts: impl IntoIterator<Item = Script>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = engine.rows(folder.path()).open();
        let clock = Arc::<HandClock>::default();
        let bodies = Arc::new(Bodies {
            db: db.clone(),
            clock: clock.clone(),
            scripts: Mutex::new(scripts.into_iter().collect()),
            ran: Mutex::default(),
            together_max,
            together: Mutex::default(),
        });
        Self { _folder: folder, db, clock, bodies }
    }

    pub(crate) fn runner(&self) -> Runner {
        let (db, bodies, clock) = (self.db.clone(), self.bodies.clone(), self.clock.clone());
        Runner::new(Lane::Reclaiming, db, bodies, clock)
    }

    pub(crate) fn forward(&self, time: Duration) {
        self.clock.forward(time);
    }

    pub(crate) async fn ask(&self, about: &str) {
        self.ask_later(about, Duration::ZERO).await;
    }

    pub(crate) async fn ask_later(&self, about: &str, wait: Duration) {
        let now = self.clock.now();
        ask(&self.db, about, now.plus(wait), now).await.unwrap();
    }

    /// Claims the one job that is due, for a runner that does nothing.
    pub(crate) async fn claim(&self) -> ClaimedJob {
        let (now, turn) = (self.clock.now(), JobTurn::new(8));
        let lane = Lane::Reclaiming.as_str();
        let claimed =
            self.db.claim_jobs(lane, turn, now, now.plus(Duration::from_mins(5)), 8).await;
        claimed.unwrap().0.remove(0)
    }

    pub(crate) fn ran(&self) -> Vec<String> {
        std::mem::take(&mut *self.bodies.ran.lock().unwrap())
    }

    pub(crate) fn ran_together(&self) -> Vec<usize> {
        std::mem::take(&mut *self.bodies.together.lock().unwrap())
    }

    pub(crate) async fn queued(&self, about: &'static str) -> bool {
        let known: Result<_, DbError> =
            self.db.read(move |tx| tx.job_is_known(Errand::NAME, about)).await;
        known.unwrap()
    }
}

/// Longer than the lease of a claim.
pub(crate) const PAST_LEASE: Duration = Duration::from_mins(6);
