use std::collections::BTreeMap;

use names::Timestamp;

use crate::value::{Row, args};
use crate::{Db, DbError, Tx};

/// A job to be done.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// The lane that it waits in.
    pub lane: &'a str,
    /// Its cause: causes take turns in a lane.
    pub cause: &'a str,
    /// Which kind of job.
    pub name: &'a str,
    /// Its subject. There is one job of a name for each subject: asking again moves `due_at`.
    pub subject: &'a str,
    /// Further data, as JSON.
    pub payload: &'a str,
    /// Not before.
    pub due_at: Timestamp,
}

/// A job that a runner claimed.
#[derive(Debug, Clone)]
pub struct ClaimedJob {
    /// Its row.
    pub id: i64,
    /// Its cause.
    pub cause: String,
    /// Which kind of job.
    pub name: String,
    /// Its subject.
    pub subject: String,
    /// Further data, as JSON.
    pub payload: String,
    /// How often it was claimed since it last ended well, this time included.
    pub attempts: u32,
    /// The number of this claim. Only the holder of the newest may end the job.
    pub fence: i64,
}

/// Which cause has its turn in a lane.
#[derive(Debug, Clone)]
pub struct JobTurn {
    /// The cause that was served last: the causes after it come first.
    pub after: String,
    /// Jobs under way, by cause.
    running: BTreeMap<String, u32>,
    most_of_one: u32,
}

impl JobTurn {
    /// Nothing is running. One cause may have at most this many jobs, which is more than half of
    /// all, so at most one cause can have that many.
    pub fn new(most_of_one: u32) -> Self {
        Self { after: String::new(), running: BTreeMap::new(), most_of_one }
    }

    /// Notes that a job is under way.
    pub fn begin(&mut self, cause: &str) {
        *self.running.entry(cause.to_owned()).or_default() += 1;
    }

    /// Notes that a job has ended.
    pub fn end(&mut self, cause: &str) {
        if let Some(count) = self.running.get_mut(cause) {
            *count -= 1;
            if *count == 0 {
                self.running.remove(cause);
            }
        }
    }

    fn full(&self) -> Option<&str> {
        let full = self.running.iter().find(|(_, count)| **count >= self.most_of_one);
        full.map(|(cause, _)| cause.as_str())
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It is not due, or no runner has begun it yet.
    Waiting,
    /// A runner is at it.
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
    /// How far it is.
    pub state: JobState,
    /// How often it was claimed since it last ended well.
    pub attempts: u32,
    /// Why it failed the last time, if it did.
    pub last_error: Option<String>,
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
    /// A runner is at it already.
    IsRunning,
    /// There is no such job: it has ended, or never existed.
    Unknown,
}

const WAITING: i64 = 0;
const READY: i64 = 1;
const RUNNING: i64 = 2;

/// How many due jobs one claim makes ready: others wait for it no longer than that.
const PROMOTED_AT_ONCE: i64 = 200;

impl Db {
    /// Claims due jobs of a lane until `lease_until`: up to `limit`, or fewer if others claim at the
    /// same moment. Causes take turns; of one cause, the job that has been due longest comes first.
    /// Returns the turn, moved on.
    ///
    /// # Why this is not part of a larger transaction
    /// All nodes want the same rows, the first of the lane. Each skips the rows that another is
    /// claiming, and sees a row in its current state: two never claim one job, and none has to run
    /// again. In a serializable transaction each would read what the others change, and all but one
    /// would start again.
    pub async fn claim_jobs(
        &self,
        lane: &'static str,
        turn: JobTurn,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<(Vec<ClaimedJob>, JobTurn), DbError> {
        self.take(move |tx| {
            tx.make_jobs_ready(lane, now)?;
            let (mut claimed, mut turn, mut round) = (Vec::new(), turn.clone(), Round::Rest);
            loop {
                let left = limit - u32::try_from(claimed.len()).unwrap_or(limit);
                if left == 0 {
                    break;
                }
                let more = tx.claim_jobs(lane, &turn, round, lease_until, left)?;
                if let Some(last) = more.iter().map(|job| &job.cause).max() {
                    turn.after.clone_from(last);
                } else if let Round::Whole = round {
                    break;
                }
                for job in &more {
                    turn.begin(&job.cause);
                }
                claimed.extend(more);
                round = Round::Whole;
            }
            Ok((claimed, turn))
        })
        .await
    }
}

/// Which causes one statement serves, each once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Round {
    /// Those after the one that was served last.
    Rest,
    /// All, from the first on.
    Whole,
}

impl Tx<'_> {
    /// Queues a job. A job of one name and subject is queued once, and the last `due_at` counts.
    /// One that is running continues, and runs again afterwards.
    pub fn put_job(&mut self, new: &NewJob<'_>, now: Timestamp) -> Result<(), DbError> {
        let NewJob { lane, cause, name, subject, payload, due_at } = *new;
        let state = if due_at <= now { READY } else { WAITING };
        self.send(
            "INSERT INTO job (lane, cause, name, subject, payload, due_at, state, attempts, fence, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8)
             ON CONFLICT (name, subject) DO UPDATE SET payload = excluded.payload, cause = excluded.cause,
                 again_at = CASE WHEN job.state = 2 THEN excluded.due_at END,
                 due_at = CASE WHEN job.state = 2 THEN job.due_at ELSE excluded.due_at END,
                 state = CASE WHEN job.state = 2 THEN 2 ELSE excluded.state END,
                 attempts = CASE WHEN job.state = 2 THEN job.attempts ELSE 0 END,
                 last_error = NULL, dead_at = NULL",
            args![lane, cause, name, subject, payload, due_at, state, now],
        )
    }

    /// Makes due jobs ready, and those whose runner let its lease expire.
    pub(crate) fn make_jobs_ready(&mut self, lane: &str, now: Timestamp) -> Result<(), DbError> {
        let skip_taken = self.skip_taken();
        self.send(
            &format!(
                "WITH due AS (SELECT id FROM job WHERE lane = $1 AND due_at <= $2 AND dead_at IS NULL AND state <> 1
                              ORDER BY due_at LIMIT $3 {skip_taken})
                 UPDATE job SET state = 1 WHERE id IN (SELECT id FROM due)"
            ),
            args![lane, now, PROMOTED_AT_ONCE],
        )
    }

    /// Claims the first ready job of each cause of a round, until `lease_until`.
    ///
    /// The causes are found one after the other, each by one step into the index, however many jobs the one before has.
    pub(crate) fn claim_jobs(
        &mut self,
        lane: &str,
        turn: &JobTurn,
        round: Round,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, DbError> {
        let skip_taken = self.skip_taken();
        let (after, first) = match round {
            Round::Rest => (turn.after.as_str(), "cause > $2"),
            Round::Whole => ("", "cause >= $2"),
        };
        self.rows(
            &format!(
                "WITH RECURSIVE turn (cause, place) AS (
                     SELECT (SELECT min(cause) FROM job WHERE lane = $1 AND state = 1 AND {first}), 1
                     UNION ALL
                     SELECT (SELECT min(job.cause) FROM job
                             WHERE job.lane = $1 AND job.state = 1 AND job.cause > turn.cause), turn.place + 1
                     FROM turn WHERE turn.cause IS NOT NULL AND turn.place <= $5
                 ), first AS (
                     SELECT (SELECT id FROM job WHERE job.lane = $1 AND job.state = 1 AND job.cause = turn.cause
                             ORDER BY job.due_at LIMIT 1 {skip_taken}) AS id
                     FROM turn WHERE turn.cause IS NOT NULL AND (CAST($4 AS text) IS NULL OR turn.cause <> $4)
                     LIMIT $5
                 )
                 UPDATE job SET state = 2, due_at = $3, attempts = attempts + 1, fence = fence + 1
                 WHERE id IN (SELECT id FROM first)
                 RETURNING id, cause, name, subject, payload, attempts, fence"
            ),
            args![lane, after, lease_until, turn.full(), i64::from(limit)],
            |row| {
                Ok(ClaimedJob {
                    id: row.int(0, "job.id")?,
                    cause: row.text(1, "job.cause")?,
                    name: row.text(2, "job.name")?,
                    subject: row.text(3, "job.subject")?,
                    payload: row.text(4, "job.payload")?,
                    attempts: attempts(row, 5)?,
                    fence: row.int(6, "job.fence")?,
                })
            },
        )
    }

    /// Keeps a running job for its runner until `lease_until`; `false` if it is not that runner's any more.
    pub fn extend_job(
        &mut self,
        job: &ClaimedJob,
        lease_until: Timestamp,
    ) -> Result<bool, DbError> {
        let extended = self.execute(
            "UPDATE job SET due_at = $3 WHERE id = $1 AND fence = $2 AND state = 2",
            args![job.id, job.fence, lease_until],
        )?;
        Ok(extended == 1)
    }

    /// Removes a finished job; `false` if it was claimed or queued again in the meantime, and so is
    /// not finished.
    pub fn end_job(&mut self, job: &ClaimedJob) -> Result<bool, DbError> {
        let ended = self.execute(
            "DELETE FROM job WHERE id = $1 AND fence = $2 AND again_at IS NULL",
            args![job.id, job.fence],
        )?;
        if ended == 0 {
            self.send(
                "UPDATE job SET state = 0, due_at = again_at, again_at = NULL, attempts = 0, last_error = NULL
                 WHERE id = $1 AND fence = $2 AND again_at IS NOT NULL",
                args![job.id, job.fence],
            )?;
        }
        Ok(ended == 1)
    }

    /// Postpones a job until `due_at`: it failed, or it was not due. If it was queued again in the
    /// meantime, the earlier time counts.
    pub fn postpone_job(
        &mut self,
        job: &ClaimedJob,
        due_at: Timestamp,
        error: Option<&str>,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE job SET state = 0, again_at = NULL, last_error = $4,
                            due_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END,
                            attempts = CASE WHEN CAST($4 AS text) IS NULL THEN 0 ELSE attempts END
             WHERE id = $1 AND fence = $2",
            args![job.id, job.fence, due_at, error],
        )
    }

    /// Gives a job up, with the reason, until an operator acts; or until it is due, if it was
    /// queued again in the meantime.
    pub fn bury_job(
        &mut self,
        job: &ClaimedJob,
        error: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE job SET state = 0, again_at = NULL, last_error = $4,
                            dead_at = CASE WHEN again_at IS NULL THEN CAST($3 AS bigint) END,
                            due_at = COALESCE(again_at, due_at),
                            attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END
             WHERE id = $1 AND fence = $2",
            args![job.id, job.fence, now, error],
        )
    }

    /// Forgets a job that is no longer needed.
    pub fn delete_job(&mut self, name: &str, subject: &str) -> Result<(), DbError> {
        self.send("DELETE FROM job WHERE name = $1 AND subject = $2", args![name, subject])
    }

    /// Cancels a job that no runner has begun; `false` if one has, or if there is no such job.
    pub fn delete_waiting_job(&mut self, name: &str, subject: &str) -> Result<bool, DbError> {
        let deleted = self.execute(
            "DELETE FROM job WHERE name = $1 AND subject = $2 AND attempts = 0",
            args![name, subject],
        )?;
        Ok(deleted == 1)
    }

    /// Is this job queued, running, or given up?
    pub fn job_is_known(&mut self, name: &str, subject: &str) -> Result<bool, DbError> {
        self.row("SELECT 1 FROM job WHERE name = $1 AND subject = $2", args![name, subject], |_| {
            Ok(())
        })
        .map(|found| found.is_some())
    }

    /// When the next job of a lane is due.
    pub fn next_job_due(&mut self, lane: &str) -> Result<Option<Timestamp>, DbError> {
        self.row(
            "SELECT due_at FROM job WHERE lane = $1 AND dead_at IS NULL ORDER BY due_at LIMIT 1",
            args![lane],
            |row| row.moment(0, "job.due_at"),
        )
    }

    /// Makes a job due that waits or was given up.
    pub fn retry_job(&mut self, id: i64, now: Timestamp) -> Result<JobRetried, DbError> {
        let retried = self.execute(
            "UPDATE job SET dead_at = NULL, attempts = 0, due_at = $2, state = 1 WHERE id = $1 AND state <> 2",
            args![id, now],
        )?;
        if retried == 1 {
            return Ok(JobRetried::Due);
        }
        let running = self.row("SELECT 1 FROM job WHERE id = $1", args![id], |_| Ok(()))?;
        Ok(running.map_or(JobRetried::Unknown, |()| JobRetried::IsRunning))
    }

    /// Jobs in the order in which they were first queued, after that of `after`: all, or those in one state.
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
}

const LISTED: &str =
    "id, lane, cause, name, subject, state, attempts, last_error, created_at, due_at, dead_at";

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
        state,
        attempts: attempts(row, 6)?,
        last_error,
        created_at: row.moment(8, "job.created_at")?,
        due_at: row.moment(9, "job.due_at")?,
        given_up_at,
    })
}

fn attempts(row: &Row<'_>, at: usize) -> Result<u32, DbError> {
    Ok(u32::try_from(row.int(at, "job.attempts")?).unwrap_or(u32::MAX))
}
