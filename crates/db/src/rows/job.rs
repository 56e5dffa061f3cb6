use names::Timestamp;

use crate::value::args;
use crate::{Db, DbError, Tx};

/// A job to be done.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// The lane that it waits in.
    pub lane: &'a str,
    /// Which kind of job.
    pub name: &'a str,
    /// What it is about. One kind of job is about one thing once: asking again moves `due_at`.
    pub subject: &'a str,
    /// What else it needs to know, as JSON.
    pub payload: &'a str,
    /// Not before.
    pub due_at: Timestamp,
}

/// A job that somebody claimed.
#[derive(Debug, Clone)]
pub struct ClaimedJob {
    /// Its row.
    pub id: i64,
    /// Which kind of job.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// What else it needs to know, as JSON.
    pub payload: String,
    /// How often it was claimed, this time included.
    pub attempts: u32,
    /// Who claimed it last: only the holder of this number may say how it ended.
    pub fence: i64,
}

/// A job that failed too often.
#[derive(Debug, Clone)]
pub struct DeadJob {
    /// Its row.
    pub id: i64,
    /// Which kind of job.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// Why it failed the last time.
    pub last_error: String,
    /// When.
    pub dead_at: Timestamp,
}

impl Db {
    /// Claims jobs of a lane that are due, the longest due first, until `lease_until`: up to `limit`, fewer when others
    /// claim at the same moment.
    ///
    /// # Why this is no part of a larger transaction
    /// All nodes want the same rows, the first of the lane. Each passes over those that another is claiming just then,
    /// and sees a row as it is when it has it: two never claim one job, and none has to be run again. In a
    /// serializable transaction each would read what the others change, and all but one would begin again.
    pub async fn claim_jobs(
        &self,
        lane: &'static str,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, DbError> {
        self.take(move |tx| tx.claim_jobs(lane, now, lease_until, limit)).await
    }
}

impl Tx<'_> {
    /// Queues a job. The same job about the same thing is queued once: the `due_at` given last counts,
    /// and the fence moves on, so that a run under way does not end what was asked for after it began.
    pub fn put_job(&mut self, new: &NewJob<'_>, now: Timestamp) -> Result<(), DbError> {
        let NewJob { lane, name, subject, payload, due_at } = *new;
        self.send(
            "INSERT INTO job (lane, name, subject, payload, due_at, attempts, fence, created_at)
             VALUES ($1, $2, $3, $4, $5, 0, 0, $6)
             ON CONFLICT (name, subject) DO UPDATE SET payload = excluded.payload,
                 due_at = excluded.due_at, attempts = 0, fence = job.fence + 1, dead_at = NULL",
            args![lane, name, subject, payload, due_at, now],
        )
    }

    /// Claims jobs of a lane that are due, the longest due first, until `lease_until`.
    pub(crate) fn claim_jobs(
        &mut self,
        lane: &str,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, DbError> {
        let skip_taken = self.skip_taken();
        self.rows(
            &format!(
                "WITH due AS (SELECT id FROM job WHERE lane = $1 AND due_at <= $2 AND dead_at IS NULL
                              ORDER BY due_at LIMIT $4 {skip_taken})
                 UPDATE job SET due_at = $3, attempts = attempts + 1, fence = fence + 1
                 WHERE id IN (SELECT id FROM due)
                 RETURNING id, name, subject, payload, attempts, fence"
            ),
            args![lane, now, lease_until, i64::from(limit)],
            |row| {
                Ok(ClaimedJob {
                    id: row.int(0, "job.id")?,
                    name: row.text(1, "job.name")?,
                    subject: row.text(2, "job.subject")?,
                    payload: row.text(3, "job.payload")?,
                    attempts: u32::try_from(row.int(4, "job.attempts")?).unwrap_or(u32::MAX),
                    fence: row.int(5, "job.fence")?,
                })
            },
        )
    }

    /// Ends a job that is done; `false` if it was claimed or asked for again in the meantime.
    pub fn end_job(&mut self, job: &ClaimedJob) -> Result<bool, DbError> {
        let ended =
            self.execute("DELETE FROM job WHERE id = $1 AND fence = $2", args![job.id, job.fence])?;
        Ok(ended == 1)
    }

    /// Puts a job back until `due_at`: it failed, or its time has not come.
    pub fn postpone_job(
        &mut self,
        job: &ClaimedJob,
        due_at: Timestamp,
        error: Option<&str>,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE job SET due_at = $3, last_error = $4,
                            attempts = CASE WHEN CAST($4 AS text) IS NULL THEN 0 ELSE attempts END
             WHERE id = $1 AND fence = $2",
            args![job.id, job.fence, due_at, error],
        )
    }

    /// Gives a job up, with the reason, until somebody acts.
    pub fn bury_job(
        &mut self,
        job: &ClaimedJob,
        error: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE job SET dead_at = $3, last_error = $4 WHERE id = $1 AND fence = $2",
            args![job.id, job.fence, now, error],
        )
    }

    /// Forgets a job that is no longer needed.
    pub fn delete_job(&mut self, name: &str, subject: &str) -> Result<(), DbError> {
        self.send("DELETE FROM job WHERE name = $1 AND subject = $2", args![name, subject])
    }

    /// Takes a job back that nobody has begun; `false` if somebody has, or did it, or there is none.
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

    /// Queues a job again that was given up; `false` if there is no such job.
    pub fn revive_job(
        &mut self,
        name: &str,
        subject: &str,
        due_at: Timestamp,
    ) -> Result<bool, DbError> {
        let revived = self.execute(
            "UPDATE job SET dead_at = NULL, attempts = 0, due_at = $3
             WHERE name = $1 AND subject = $2 AND dead_at IS NOT NULL",
            args![name, subject, due_at],
        )?;
        Ok(revived == 1)
    }

    /// Jobs that were given up, oldest first, from after `after` on.
    pub fn list_dead_jobs(
        &mut self,
        after: Option<&DeadJob>,
        limit: u32,
    ) -> Result<Vec<DeadJob>, DbError> {
        let (dead_at, id) =
            after.map_or((Timestamp::from_micros(0), 0), |job| (job.dead_at, job.id));
        self.rows(
            "SELECT id, name, subject, last_error, dead_at FROM job
             WHERE dead_at IS NOT NULL AND (dead_at, id) > ($1, $2)
             ORDER BY dead_at, id LIMIT $3",
            args![dead_at, id, i64::from(limit)],
            |row| {
                Ok(DeadJob {
                    id: row.int(0, "job.id")?,
                    name: row.text(1, "job.name")?,
                    subject: row.text(2, "job.subject")?,
                    last_error: row.maybe_text(3, "job.last_error")?.unwrap_or_default(),
                    dead_at: row.moment(4, "job.dead_at")?,
                })
            },
        )
    }
}
