use names::Timestamp;

use super::job::{RUNNING, attempts};
use crate::value::{Row, args};
use crate::{DbError, Tx};

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It is not due, or no runner has begun it yet.
    Waiting,
    /// A runner is working on it.
    Running,
    /// It failed, and will be tried again.
    Retrying,
    /// It failed too often. It does not run again until an operator retries it.
    GivenUp,
}

/// A job in a list.
#[derive(Debug, Clone)]
pub struct ListedJob {
    /// Its row.
    pub id: i64,
    /// The lane that it waits in.
    pub lane: String,
    /// Its cause.
    pub cause: String,
    /// Which kind of job.
    pub name: String,
    /// Its subject.
    pub subject: String,
    /// Its command.
    pub payload: String,
    /// How far it is.
    pub state: JobState,
    /// How often it was claimed since it last ended well.
    pub attempts: u32,
    /// Why it failed the last time, if it did.
    pub last_error: Option<String>,
    /// Why it waits, if it is for more than its time.
    pub waits_because: Option<String>,
    /// When it was queued first.
    pub created_at: Timestamp,
    /// When it may be claimed; for a running one, when its lease ends.
    pub due_at: Timestamp,
    /// When it was given up.
    pub given_up_at: Option<Timestamp>,
}

/// The result of asking for a job to run now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobRetried {
    /// It is due now.
    Due,
    /// A runner is working on it already.
    IsRunning,
    /// It has not failed: it waits for its time, which may be a grace.
    HasNotFailed,
    /// There is no such job: it has ended, or never existed.
    Unknown,
}

impl Tx<'_> {
    /// Jobs in the order in which they were first queued, after that of `after`: all, or those in
    /// one state.
    pub fn list_jobs(
        &mut self,
        state: Option<JobState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<ListedJob>, DbError> {
        let which = match state {
            None => "TRUE",
            Some(JobState::Waiting) => "state <> 2 AND last_error IS NULL AND dead_at IS NULL",
            Some(JobState::Running) => "state = 2",
            Some(JobState::Retrying) => "last_error IS NOT NULL AND dead_at IS NULL AND state <> 2",
            Some(JobState::GivenUp) => "dead_at IS NOT NULL",
        };
        self.rows(
            &format!("SELECT {LISTED} FROM job WHERE {which} AND id > $1 ORDER BY id LIMIT $2"),
            args![after, i64::from(limit)],
            listed,
        )
    }

    /// The job of this kind about this subject.
    pub fn find_job(&mut self, name: &str, subject: &str) -> Result<Option<ListedJob>, DbError> {
        self.row(
            &format!("SELECT {LISTED} FROM job WHERE name = $1 AND subject = $2"),
            args![name, subject],
            listed,
        )
    }

    /// Makes a job due that failed, was given up, or waits for more than its time.
    pub fn retry_job(&mut self, id: i64, now: Timestamp) -> Result<JobRetried, DbError> {
        let retried = self.execute(
            "UPDATE job SET dead_at = NULL, attempts = 0, due_at = $2, state = 1
             WHERE id = $1 AND state <> 2
                   AND (last_error IS NOT NULL OR dead_at IS NOT NULL OR waits_because IS NOT NULL)",
            args![id, now],
        )?;
        if retried == 1 {
            return Ok(JobRetried::Due);
        }
        let state = self
            .row("SELECT state FROM job WHERE id = $1", args![id], |row| row.int(0, "job.state"))?;
        Ok(match state {
            None => JobRetried::Unknown,
            Some(RUNNING) => JobRetried::IsRunning,
            Some(_) => JobRetried::HasNotFailed,
        })
    }
}

const LISTED: &str = "id, lane, cause, name, subject, state, attempts, last_error, created_at, due_at, dead_at, payload, waits_because";

fn listed(row: &Row<'_>) -> Result<ListedJob, DbError> {
    let last_error = row.maybe_text(7, "job.last_error")?;
    let given_up_at = row.maybe_moment(10, "job.dead_at")?;
    let state = match (row.int(5, "job.state")?, &given_up_at, &last_error) {
        (RUNNING, ..) => JobState::Running,
        (_, Some(_), _) => JobState::GivenUp,
        (_, None, Some(_)) => JobState::Retrying,
        (_, None, None) => JobState::Waiting,
    };
    Ok(ListedJob {
        id: row.int(0, "job.id")?,
        lane: row.text(1, "job.lane")?,
        cause: row.text(2, "job.cause")?,
        name: row.text(3, "job.name")?,
        subject: row.text(4, "job.subject")?,
        payload: row.text(11, "job.payload")?,
        state,
        attempts: attempts(row, 6)?,
        last_error,
        waits_because: row
            .maybe_text(12, "job.waits_because")?
            .filter(|_| state == JobState::Waiting),
        created_at: row.moment(8, "job.created_at")?,
        due_at: row.moment(9, "job.due_at")?,
        given_up_at,
    })
}
