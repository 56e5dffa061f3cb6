use std::collections::BTreeMap;

use names::Timestamp;

use super::job::attempts;
use crate::value::{Row, Value, args, as_slices};
use crate::{Db, DbError, Tx};

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
    /// Nothing is running. One cause may have at most this many jobs.
    pub fn new(most_of_one: u32) -> Self {
        Self { after: String::new(), running: BTreeMap::new(), most_of_one }
    }

    /// Notes that work is under way that counts for so many jobs.
    pub fn begin(&mut self, cause: &str, share: u32) {
        *self.running.entry(cause.to_owned()).or_default() += share;
    }

    /// Notes that it has ended.
    pub fn end(&mut self, cause: &str, share: u32) {
        if let Some(count) = self.running.get_mut(cause) {
            *count -= share;
            if *count == 0 {
                self.running.remove(cause);
            }
        }
    }

    /// The causes that have as many jobs as they may have.
    fn full(&self) -> [&str; FULL_MAX] {
        let mut full = [NO_CAUSE; FULL_MAX];
        let found = self.running.iter().filter(|(_, count)| **count >= self.most_of_one);
        for (place, (cause, _)) in full.iter_mut().zip(found) {
            *place = cause;
        }
        full
    }
}

/// How many causes can be full at once: as many as a lane has places.
const FULL_MAX: usize = 8;

/// What no cause is called.
const NO_CAUSE: &str = " ";

/// Which causes one statement serves, each once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Round {
    /// Those after the one that was served last.
    Rest,
    /// All, from the first on.
    Whole,
}

/// How many due jobs one claim makes ready: others wait for it no longer than that.
const PROMOTED_AT_ONCE: i64 = 200;

impl Db {
    /// Claims due jobs of a lane until `lease_until`: up to `limit`, or fewer if others claim at
    /// the same moment. Causes take turns; of one cause, the job that has been due longest comes
    /// first. Returns the turn, moved on.
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
                    turn.begin(&job.cause, 1);
                }
                claimed.extend(more);
                round = Round::Whole;
            }
            Ok((claimed, turn))
        })
        .await
    }

    /// Claims more jobs of the name and the cause of this one, up to `limit`, that wait for their
    /// first run. It looks at the next jobs of the cause, and leaves those of other names.
    pub async fn claim_jobs_like(
        &self,
        lane: &'static str,
        job: ClaimedJob,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, DbError> {
        self.take(move |tx| tx.claim_jobs_like(lane, &job, lease_until, limit)).await
    }
}

/// What a claim returns.
const CLAIMED: &str = "id, cause, name, subject, payload, attempts, fence";

fn claimed(row: &Row<'_>) -> Result<ClaimedJob, DbError> {
    Ok(ClaimedJob {
        id: row.int(0, "job.id")?,
        cause: row.text(1, "job.cause")?,
        name: row.text(2, "job.name")?,
        subject: row.text(3, "job.subject")?,
        payload: row.text(4, "job.payload")?,
        attempts: attempts(row, 5)?,
        fence: row.int(6, "job.fence")?,
    })
}

impl Tx<'_> {
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
    /// The causes are found one after the other, each by one step into the index, however many jobs
    /// the one before has.
    pub(crate) fn claim_jobs(
        &mut self,
        lane: &str,
        turn: &JobTurn,
        round: Round,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, DbError> {
        let skip_taken = self.skip_taken();
        let full = turn.full();
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
                     FROM turn WHERE turn.cause IS NOT NULL
                           AND turn.cause NOT IN ($4, $6, $7, $8, $9, $10, $11, $12)
                     LIMIT $5
                 )
                 UPDATE job SET state = 2, due_at = $3, attempts = attempts + 1, fence = fence + 1
                 WHERE id IN (SELECT id FROM first)
                 RETURNING {CLAIMED}"
            ),
            args![
                lane, after, lease_until, full[0], i64::from(limit), full[1], full[2], full[3],
                full[4], full[5], full[6], full[7]
            ],
            claimed,
        )
    }

    /// Claims ready jobs like this one. How many it looks at does not depend on how many there are.
    pub(crate) fn claim_jobs_like(
        &mut self,
        lane: &str,
        job: &ClaimedJob,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, DbError> {
        let skip_taken = self.skip_taken();
        self.rows(
            &format!(
                "WITH next AS (SELECT id, name, attempts FROM job
                               WHERE lane = $1 AND state = 1 AND cause = $2
                               ORDER BY due_at LIMIT $5 {skip_taken})
                 UPDATE job SET state = 2, due_at = $4, attempts = attempts + 1, fence = fence + 1
                 WHERE id IN (SELECT id FROM next WHERE name = $3 AND attempts = 0)
                 RETURNING {CLAIMED}"
            ),
            args![lane, job.cause.as_str(), job.name.as_str(), lease_until, i64::from(limit)],
            claimed,
        )
    }

    /// Keeps a running job for its runner until `lease_until`; `false` if it is not that runner's
    /// any more.
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

    /// Ends the leases of all running jobs: they are due now. For a process that knows that no
    /// other runs jobs of this database.
    pub fn end_leases(&mut self, now: Timestamp) -> Result<(), DbError> {
        // The index of running jobs is by their ids.
        let end = "UPDATE job SET due_at = $1 WHERE state = 2 AND id > 0 AND due_at > $1";
        self.send(end, args![now])
    }

    /// Removes a finished job; `false` if it was claimed or queued again in the meantime, and so is
    /// not finished.
    pub fn end_job(&mut self, job: &ClaimedJob) -> Result<bool, DbError> {
        Ok(self.end_jobs(&[job])? == [true])
    }

    /// The same for several, in their order.
    pub fn end_jobs(&mut self, jobs: &[&ClaimedJob]) -> Result<Vec<bool>, DbError> {
        let each: Vec<[Value<'_>; 2]> =
            jobs.iter().map(|job| [job.id.into(), job.fence.into()]).collect();
        let ended = self.row_of_each(
            "DELETE FROM job WHERE id = $1 AND fence = $2 AND again_at IS NULL RETURNING id",
            &as_slices(&each),
            |row| row.int(0, "job.id"),
        )?;
        let ended: Vec<bool> = ended.iter().map(Option::is_some).collect();
        for (job, _) in jobs.iter().zip(&ended).filter(|(_, ended)| !**ended) {
            self.send(
                "UPDATE job SET state = 0, due_at = again_at, again_at = NULL, attempts = 0, last_error = NULL,
                                waits_for = NULL, waits_because = NULL
                 WHERE id = $1 AND fence = $2 AND again_at IS NOT NULL",
                args![job.id, job.fence],
            )?;
        }
        Ok(ended)
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
            "UPDATE job SET state = 0, again_at = NULL, last_error = $4, waits_for = NULL, waits_because = NULL,
                            due_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END,
                            attempts = CASE WHEN CAST($4 AS text) IS NULL THEN 0 ELSE attempts END
             WHERE id = $1 AND fence = $2",
            args![job.id, job.fence, due_at, error],
        )
    }

    /// Postpones a job that cannot go on now, until `due_at` or until its signal comes
    /// ([`Tx::wake_jobs`]). It has not failed. If it was queued again in the meantime, the earlier
    /// time counts.
    pub fn put_job_to_sleep(
        &mut self,
        job: &ClaimedJob,
        due_at: Timestamp,
        signal: Option<&str>,
        because: &str,
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE job SET state = 0, again_at = NULL, last_error = NULL, attempts = 0,
                            waits_for = $4, waits_because = $5,
                            due_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END
             WHERE id = $1 AND fence = $2",
            args![job.id, job.fence, due_at, signal, because],
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
            "UPDATE job SET state = 0, again_at = NULL, last_error = $4, waits_for = NULL, waits_because = NULL,
                            dead_at = CASE WHEN again_at IS NULL THEN CAST($3 AS bigint) END,
                            due_at = COALESCE(again_at, due_at),
                            attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END
             WHERE id = $1 AND fence = $2",
            args![job.id, job.fence, now, error],
        )
    }
}
