use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use db::{ClaimedJob, Db, DbError};
use futures_util::future::join_all;
use names::{Clock, Timestamp};

use crate::{JobFault, Lane};

/// How a run of a job ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is done and can be forgotten.
    Done,
    /// Its time has not come: not before then.
    Again(Timestamp),
}

/// What jobs do.
#[async_trait]
pub trait JobBodies: Send + Sync + 'static {
    /// Carries out one job.
    async fn run(&self, job: &ClaimedJob) -> Result<Outcome, JobFault>;
}

/// Claims and runs the jobs of one lane.
pub struct Runner {
    lane: Lane,
    db: Db,
    bodies: Arc<dyn JobBodies>,
    clock: Arc<dyn Clock>,
    counts: RunnerCounts,
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
}

/// Jobs claimed at once: what one lane may have under way.
const BATCH: u32 = 8;

/// How long a claim lasts. Bodies work in small steps; one that takes longer is run by another as well,
/// which their idempotence allows.
const LEASE: Duration = Duration::from_mins(5);

/// A job is given up after so many failures: with the backoff below, half a day.
const ATTEMPTS_MAX: u32 = 80;

const BACKOFF_MAX: Duration = Duration::from_mins(10);

/// How long an idle lane sleeps at most before it looks again.
const IDLE: Duration = Duration::from_secs(1);

impl Runner {
    /// A runner for one lane.
    pub fn new(lane: Lane, db: Db, bodies: Arc<dyn JobBodies>, clock: Arc<dyn Clock>) -> Self {
        Self { lane, db, bodies, clock, counts: RunnerCounts::default() }
    }

    /// The lane that it serves.
    pub fn lane(&self) -> Lane {
        self.lane
    }

    /// What it has done so far.
    pub fn counts(&self) -> &RunnerCounts {
        &self.counts
    }

    /// Runs for ever; whoever stops the program drops the future. What was claimed then is claimed
    /// again by somebody when its lease has run out.
    pub async fn run(&self) {
        loop {
            match self.run_due().await {
                Ok(0) => tokio::time::sleep(IDLE).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(lane = self.lane.as_str(), %error, "jobs cannot be claimed");
                    tokio::time::sleep(IDLE).await;
                }
            }
        }
    }

    /// Runs what is due now, up to one batch; says how many jobs that were.
    pub async fn run_due(&self) -> Result<usize, DbError> {
        let (lane, now) = (self.lane.as_str(), self.clock.now());
        let due = self.db.read(move |tx| tx.next_job_due(lane)).await?;
        if due.is_none_or(|due| due > now) {
            return Ok(0);
        }
        let lease_until = now.plus(LEASE);
        let jobs = self.db.claim_jobs(lane, now, lease_until, BATCH).await?;
        let ends = join_all(jobs.iter().map(|job| self.run_one(job))).await;
        ends.into_iter().collect::<Result<Vec<()>, _>>()?;
        Ok(jobs.len())
    }

    async fn run_one(&self, job: &ClaimedJob) -> Result<(), DbError> {
        let outcome = self.bodies.run(job).await;
        let (now, claimed) = (self.clock.now(), job.clone());
        match outcome {
            Ok(Outcome::Done) => {
                self.counts.succeeded.fetch_add(1, Ordering::Relaxed);
                self.db.write(move |tx| tx.end_job(&claimed)).await.map(drop)
            }
            Ok(Outcome::Again(due_at)) => {
                self.counts.succeeded.fetch_add(1, Ordering::Relaxed);
                self.db.write(move |tx| tx.postpone_job(&claimed, due_at, None)).await
            }
            Err(fault) => self.fail(claimed, &fault, now).await,
        }
    }

    async fn fail(&self, job: ClaimedJob, fault: &JobFault, now: Timestamp) -> Result<(), DbError> {
        // What others say of a failure may hold anything; a row holds no zero byte.
        let reason = fault.to_string().replace('\0', "\u{fffd}");
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

/// One second, doubled with each failure, up to the limit.
fn backoff(attempts: u32) -> Duration {
    Duration::from_secs(1 << attempts.min(16)).min(BACKOFF_MAX)
}
