use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use db::{ClaimedJob, Db, DbError, JobTurn};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use names::{Clock, Timestamp};

use crate::{JobFault, Lane};

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
}

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
        let counts = RunnerCounts::default();
        Self { lane, db, bodies, clock, counts, turn: Mutex::new(turn), lease: LEASE }
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
            running.extend(jobs.into_iter().map(|job| self.run_one(job)));
        }
    }

    /// Runs the jobs that are due now, as many as there are places, to the end. Returns how many.
    pub async fn run_due(&self) -> Result<usize, DbError> {
        let jobs = self.claim(self.lane.places()).await?;
        let count = jobs.len();
        let ends = futures_util::future::join_all(jobs.into_iter().map(|job| self.run_one(job)));
        ends.await.into_iter().collect::<Result<Vec<()>, _>>()?;
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

    /// Claims jobs that are due, up to `limit`.
    async fn claim(&self, limit: u32) -> Result<Vec<ClaimedJob>, DbError> {
        let (lane, now) = (self.lane.as_str(), self.clock.now());
        let due = self.db.read(move |tx| tx.next_job_due(lane)).await?;
        if limit == 0 || due.is_none_or(|due| due > now) {
            return Ok(Vec::new());
        }
        let turn = self.turn().clone();
        let (jobs, next) = self.db.claim_jobs(lane, turn, now, now.plus(self.lease), limit).await?;
        let mut turn = self.turn();
        turn.after = next.after;
        for job in &jobs {
            turn.begin(&job.cause);
        }
        Ok(jobs)
    }

    fn turn(&self) -> std::sync::MutexGuard<'_, JobTurn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run_one(&self, job: ClaimedJob) -> Result<(), DbError> {
        let _place = Place { runner: self, cause: job.cause.clone() };
        let outcome = tokio::select! {
            outcome = self.bodies.run(&job) => outcome,
            () = self.lose_lease(&job) => {
                self.counts.lost.fetch_add(1, Ordering::Relaxed);
                let (name, subject) = (&job.name, &job.subject);
                tracing::warn!(job.name = name, job.subject = subject, "job stopped: its lease is lost");
                return Ok(());
            }
        };
        let (now, claimed) = (self.clock.now(), job);
        match outcome {
            Ok(Outcome::Done) => {
                self.counts.succeeded.fetch_add(1, Ordering::Relaxed);
                self.db.write(move |tx| tx.end_job(&claimed)).await.map(drop)
            }
            Ok(Outcome::Again(due_at)) => {
                self.counts.succeeded.fetch_add(1, Ordering::Relaxed);
                self.db.write(move |tx| tx.postpone_job(&claimed, due_at, None)).await
            }
            Ok(Outcome::Waits { until, signal, because }) => {
                self.counts.succeeded.fetch_add(1, Ordering::Relaxed);
                let because = storable(&because);
                let (name, subject) = (&claimed.name, &claimed.subject);
                tracing::info!(job.name = name, job.subject = subject, because, "job waits");
                self.db
                    .write(move |tx| {
                        tx.put_job_to_sleep(&claimed, until, signal.as_deref(), &because)
                    })
                    .await
            }
            Err(fault) => self.fail(claimed, &fault, now).await,
        }
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
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.runner.turn().end(&self.cause);
    }
}

/// One second, doubled with each failure, up to the limit.
fn backoff(attempts: u32) -> Duration {
    Duration::from_secs(1 << attempts.min(16)).min(BACKOFF_MAX)
}
