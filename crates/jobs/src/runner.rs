use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use db::{ClaimedJob, Db, DbError, JobTurn, Tx};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use names::{Clock, Timestamp};

use crate::{JobFault, Lane, Pace};

/// How a run of a job ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done and can be forgotten.
    Done,
    /// It is not due: not before this moment.
    Again(Timestamp),
    /// It cannot go on now, and has not failed.
    Waits {
        /// It looks again at this moment.
        until: Timestamp,
        /// Or sooner, if this comes (`Tx::wake_jobs`).
        signal: Option<String>,
        /// Why, for operators.
        because: String,
    },
}

/// The bodies of jobs.
#[async_trait]
pub trait JobBodies: Send + Sync + 'static {
    /// Runs one job. If the job's lease is lost, because another runner has it or it was cancelled,
    /// this future is dropped at its current await, as if its process had ended there.
    async fn run(&self, job: &ClaimedJob) -> Result<Outcome, JobFault>;

    /// How many jobs of this name may run together: one, unless they are small.
    fn together_max(&self, _name: &str) -> u32 {
        1
    }

    /// Runs jobs of one name and one cause together. Each has its own outcome, in their order. A
    /// fault is one of all, and they run again, each alone.
    async fn run_together(&self, jobs: &[ClaimedJob]) -> Result<Vec<Outcome>, JobFault> {
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            outcomes.push(self.run(job).await?);
        }
        Ok(outcomes)
    }
}

/// Claims and runs the jobs of one lane, in a pool whose places are filled again as each job ends.
pub struct Runner {
    lane: Lane,
    db: Db,
    bodies: Arc<dyn JobBodies>,
    clock: Arc<dyn Clock>,
    counts: RunnerCounts,
    turn: Mutex<JobTurn>,
    lease: Duration,
    pace: Pace,
}

/// Jobs that were claimed together: one, or several of one name and one cause.
type Batch = Vec<ClaimedJob>;

/// How many jobs of a lane ended how, since the start.
#[derive(Debug, Default)]
pub struct RunnerCounts {
    /// Done, or put off.
    pub succeeded: AtomicU64,
    /// Failed, to be tried again.
    pub failed: AtomicU64,
    /// Given up.
    pub dead: AtomicU64,
    /// Stopped, because the lease was lost.
    pub lost: AtomicU64,
}

/// How long a claim lasts. It is renewed while the body runs.
const LEASE: Duration = Duration::from_mins(5);

/// Renewals within a lease: one may fail, and the next is still in time.
const RENEWALS: u32 = 3;

/// A job is given up after so many failures: with the backoff below, half a day.
const ATTEMPTS_MAX: u32 = 80;

const BACKOFF_MAX: Duration = Duration::from_mins(10);

/// How long an idle lane sleeps at most before it checks again.
const IDLE: Duration = Duration::from_secs(1);

impl Runner {
    /// A runner for one lane.
    pub fn new(lane: Lane, db: Db, bodies: Arc<dyn JobBodies>, clock: Arc<dyn Clock>) -> Self {
        // All but two places: however many jobs one cause has, the next cause finds a place.
        let turn = JobTurn::new(lane.places() - 2);
        let (counts, turn, pace) = (RunnerCounts::default(), Mutex::new(turn), Pace::Full);
        Self { lane, db, bodies, clock, counts, turn, lease: LEASE, pace }
    }

    /// The same, but floods of small jobs keep to this pace.
    #[must_use]
    pub fn pacing(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The same, with leases of another length.
    #[must_use]
    pub fn leasing_for(self, lease: Duration) -> Self {
        Self { lease, ..self }
    }

    /// The lane that it serves.
    pub fn lane(&self) -> Lane {
        self.lane
    }

    /// Its counters so far.
    pub fn counts(&self) -> &RunnerCounts {
        &self.counts
    }

    /// Runs for ever; stop it by dropping the future. Jobs that were claimed then are claimed
    /// again, by any node, when their lease has expired.
    pub async fn run(&self) {
        let mut running = FuturesUnordered::new();
        let mut found = 0;
        loop {
            if found == 0 {
                // Nothing is due: waits until a job ends, or until it is time to check again.
                tokio::select! {
                    () = tokio::time::sleep(IDLE) => {}
                    Some(ended) = running.next() => self.tell(ended),
                }
            } else if running.len() >= self.places()
                && let Some(ended) = running.next().await
            {
                self.tell(ended);
            }
            // Jobs that ended at the same time leave their places to the same claim.
            while let Some(Some(ended)) = running.next().now_or_never() {
                self.tell(ended);
            }
            let free = self.places().saturating_sub(running.len());
            let claimed = self.claim(u32::try_from(free).unwrap_or(0)).await;
            let jobs = claimed.unwrap_or_else(|error| {
                tracing::error!(lane = self.lane.as_str(), %error, "cannot claim jobs");
                Vec::new()
            });
            found = jobs.len();
            running.extend(jobs.into_iter().map(|batch| self.run_batch(batch, &self.pace)));
        }
    }

    /// Runs the jobs that are due now, as many as there are places, to the end, without a rest.
    /// Returns how many.
    pub async fn run_due(&self) -> Result<usize, DbError> {
        let batches = self.claim(self.lane.places()).await?;
        let count = batches.iter().map(Vec::len).sum();
        let run = batches.into_iter().map(|batch| self.run_batch(batch, &Pace::Full));
        futures_util::future::join_all(run).await.into_iter().collect::<Result<Vec<()>, _>>()?;
        Ok(count)
    }

    fn places(&self) -> usize {
        self.lane.places() as usize
    }

    fn tell(&self, ended: Result<(), DbError>) {
        if let Err(error) = ended {
            let lane = self.lane.as_str();
            tracing::error!(lane, %error, "cannot record a job's outcome; the job will run again");
        }
    }

    /// Claims jobs that are due, for up to `limit` places.
    async fn claim(&self, limit: u32) -> Result<Vec<Batch>, DbError> {
        let (lane, now) = (self.lane.as_str(), self.clock.now());
        let due = self.db.read(move |tx| tx.next_job_due(lane)).await?;
        if limit == 0 || due.is_none_or(|due| due > now) {
            return Ok(Vec::new());
        }
        let (turn, until) = (self.turn().clone(), now.plus(self.lease));
        let (jobs, next) = self.db.claim_jobs(lane, turn, now, until, limit).await?;
        let mut batches = self.batches(jobs);
        {
            let mut turn = self.turn();
            turn.after = next.after;
            for batch in &batches {
                turn.begin(&batch[0].cause, self.share(batch));
            }
        }
        for batch in batches.iter_mut().filter(|batch| self.runs_together(&batch[0])) {
            let more = self.bodies.together_max(&batch[0].name).saturating_sub(narrow(batch.len()));
            if more > 0 {
                let alike = self.db.claim_jobs_like(lane, batch[0].clone(), until, more).await;
                // Those that were claimed already run, whether or not there are more.
                batch.extend(alike.unwrap_or_else(|error| {
                    tracing::error!(lane, %error, "cannot claim more jobs");
                    Vec::new()
                }));
            }
        }
        Ok(batches)
    }

    fn turn(&self) -> std::sync::MutexGuard<'_, JobTurn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts together what runs together.
    fn batches(&self, jobs: Vec<ClaimedJob>) -> Vec<Batch> {
        let mut batches: Vec<Batch> = Vec::new();
        for job in jobs {
            let is_alike = |batch: &&mut Batch| {
                self.runs_together(&batch[0])
                    && (&batch[0].name, &batch[0].cause) == (&job.name, &job.cause)
            };
            let together = self.runs_together(&job);
            match batches.iter_mut().find(is_alike).filter(|_| together) {
                Some(batch) => batch.push(job),
                None => batches.push(vec![job]),
            }
        }
        batches
    }

    /// A job that failed runs alone, so that it holds up no other.
    fn runs_together(&self, job: &ClaimedJob) -> bool {
        job.attempts == 1 && self.bodies.together_max(&job.name) > 1
    }

    /// How many of its cause's jobs a batch counts for: as many as a cause may have, if it may hold
    /// many jobs.
    fn share(&self, batch: &Batch) -> u32 {
        if self.runs_together(&batch[0]) { self.lane.places() } else { 1 }
    }

    /// Runs jobs that were claimed together, and rests if they are a flood.
    async fn run_batch(&self, batch: Batch, pace: &Pace) -> Result<(), DbError> {
        let (cause, share) = (batch[0].cause.clone(), self.share(&batch));
        let _place = Place { runner: self, cause, share };
        let (begun, is_flood) = (Instant::now(), batch.len() > 1);
        let ended = match <[ClaimedJob; 1]>::try_from(batch) {
            Ok([job]) => self.run_one(job).await,
            Err(batch) => self.run_some(batch).await,
        };
        if is_flood {
            pace.rest(begun.elapsed()).await;
        }
        ended
    }

    async fn run_one(&self, job: ClaimedJob) -> Result<(), DbError> {
        let outcome = tokio::select! {
            outcome = self.bodies.run(&job) => outcome,
            () = self.lose_lease(&job) => {
                self.tell_lost(&job);
                return Ok(());
            }
        };
        match outcome {
            Ok(outcome) => self.end(vec![(job, outcome)]).await,
            Err(fault) => self.fail(job, &fault, self.clock.now()).await,
        }
    }

    /// Runs several together, and renews the lease of the first. If they take longer than a lease,
    /// which small jobs do not, others may run the rest once more.
    async fn run_some(&self, batch: Batch) -> Result<(), DbError> {
        let outcomes = tokio::select! {
            outcomes = self.bodies.run_together(&batch) => outcomes,
            () = self.lose_lease(&batch[0]) => {
                for job in &batch {
                    self.tell_lost(job);
                }
                return Ok(());
            }
        };
        match outcomes {
            Ok(outcomes) => self.end(batch.into_iter().zip(outcomes).collect()).await,
            Err(fault) => {
                for job in batch {
                    self.fail(job, &fault, self.clock.now()).await?;
                }
                Ok(())
            }
        }
    }

    fn tell_lost(&self, job: &ClaimedJob) {
        self.counts.lost.fetch_add(1, Ordering::Relaxed);
        let (name, subject) = (&job.name, &job.subject);
        tracing::warn!(job.name = name, job.subject = subject, "job stopped: its lease is lost");
    }

    /// Ends jobs that ran well.
    async fn end(&self, jobs: Vec<(ClaimedJob, Outcome)>) -> Result<(), DbError> {
        self.counts.succeeded.fetch_add(jobs.len() as u64, Ordering::Relaxed);
        for (job, outcome) in &jobs {
            if let Outcome::Waits { because, .. } = outcome {
                let (name, subject) = (&job.name, &job.subject);
                tracing::info!(job.name = name, job.subject = subject, because, "job waits");
            }
        }
        let end = move |tx: &mut Tx<'_>| {
            let is_done = |outcome: &Outcome| matches!(outcome, Outcome::Done);
            let done = jobs.iter().filter(|(_, outcome)| is_done(outcome));
            let done: Vec<&ClaimedJob> = done.map(|(job, _)| job).collect();
            tx.end_jobs(&done)?;
            for (job, outcome) in &jobs {
                match outcome {
                    Outcome::Done => {}
                    Outcome::Again(due_at) => tx.postpone_job(job, *due_at, None)?,
                    Outcome::Waits { until, signal, because } => {
                        tx.put_job_to_sleep(job, *until, signal.as_deref(), &storable(because))?;
                    }
                }
            }
            Ok(())
        };
        self.db.write(end).await
    }

    /// Renews the lease for as long as that succeeds. If the database does not answer, it tries
    /// again until the lease would have expired.
    async fn lose_lease(&self, job: &ClaimedJob) {
        let mut until = tokio::time::Instant::now() + self.lease;
        loop {
            tokio::time::sleep(self.lease / RENEWALS).await;
            let (claimed, lease_until) = (job.clone(), self.clock.now().plus(self.lease));
            let asked = tokio::time::Instant::now();
            let renewed = self.db.write(move |tx| tx.extend_job(&claimed, lease_until));
            match tokio::time::timeout_at(until, renewed).await {
                Ok(Ok(true)) => until = asked + self.lease,
                Ok(Ok(false)) | Err(_) => return,
                Ok(Err(error)) => {
                    let error: DbError = error;
                    tracing::warn!(job.name = job.name, %error, "cannot renew a job's lease");
                    if tokio::time::Instant::now() >= until {
                        return;
                    }
                }
            }
        }
    }

    async fn fail(&self, job: ClaimedJob, fault: &JobFault, now: Timestamp) -> Result<(), DbError> {
        let reason = storable(&fault.to_string());
        let (name, subject) = (&job.name, &job.subject);
        if job.attempts >= ATTEMPTS_MAX {
            self.counts.dead.fetch_add(1, Ordering::Relaxed);
            tracing::error!(job.name = name, job.subject = subject, error = reason, "job given up");
            return self.db.write(move |tx| tx.bury_job(&job, &reason, now)).await;
        }
        self.counts.failed.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(job.name = name, job.subject = subject, error = reason, "job failed");
        let due_at = now.plus(backoff(job.attempts));
        self.db.write(move |tx| tx.postpone_job(&job, due_at, Some(&reason))).await
    }
}

/// An external error message may contain anything, but a row cannot hold a NUL byte.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// A place in the pool, held while a job runs.
struct Place<'a> {
    runner: &'a Runner,
    cause: String,
    share: u32,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.runner.turn().end(&self.cause, self.share);
    }
}

fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// One second, doubled with each failure, up to the limit.
fn backoff(attempts: u32) -> Duration {
    Duration::from_secs(1 << attempts.min(16)).min(BACKOFF_MAX)
}
