use names::Timestamp;

use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

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

/// As many as one transaction should change.
const WOKEN_AT_ONCE: i64 = 1_000;

const WAITING: i64 = 0;
const READY: i64 = 1;
pub(super) const RUNNING: i64 = 2;

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
                 last_error = NULL, dead_at = NULL, waits_for = NULL, waits_because = NULL",
            args![lane, cause, name, subject, payload, due_at, state, now],
        )
    }

    /// Makes the jobs due that wait for this to happen, the oldest first and at most a thousand.
    /// The others look for themselves. A running one that found that it has to wait runs again.
    pub fn wake_jobs(&mut self, signal: &str, now: Timestamp) -> Result<(), DbError> {
        self.send(
            "UPDATE job SET due_at = CASE WHEN state <> 2 AND due_at > $2 THEN $2 ELSE due_at END,
                            again_at = CASE WHEN state = 2 THEN CAST($2 AS bigint) ELSE again_at END
             WHERE id IN (SELECT id FROM job WHERE waits_for = $1 ORDER BY id LIMIT $3)",
            args![signal, now, WOKEN_AT_ONCE],
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
        Ok(self.jobs_are_known(name, &[subject])? == [true])
    }

    /// The same for each of these subjects, in their order.
    pub fn jobs_are_known(&mut self, name: &str, subjects: &[&str]) -> Result<Vec<bool>, DbError> {
        let each: Vec<[Value<'_>; 2]> =
            subjects.iter().map(|subject| [name.into(), (*subject).into()]).collect();
        let found = self.row_of_each(
            "SELECT 1 FROM job WHERE name = $1 AND subject = $2",
            &as_slices(&each),
            |_| Ok(()),
        )?;
        Ok(found.iter().map(Option::is_some).collect())
    }

    /// When the next job of a lane is due.
    pub fn next_job_due(&mut self, lane: &str) -> Result<Option<Timestamp>, DbError> {
        self.row(
            "SELECT due_at FROM job WHERE lane = $1 AND dead_at IS NULL ORDER BY due_at LIMIT 1",
            args![lane],
            |row| row.moment(0, "job.due_at"),
        )
    }
}

pub(super) fn attempts(row: &Row<'_>, at: usize) -> Result<u32, DbError> {
    Ok(u32::try_from(row.int(at, "job.attempts")?).unwrap_or(u32::MAX))
}
