use std::fmt;

use db::{DbError, NewJob, Tx};
use names::{Timestamp, error_chain};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Lane;

/// A command to be carried out later. Its file is named like [`Job::NAME`].
pub trait Job: Serialize + DeserializeOwned {
    /// The name in rows, metrics and logs.
    const NAME: &'static str;
    /// The lane that it waits in.
    const LANE: Lane;
    /// Whether it moves along when rows move to another store.
    const MOVES: Moves;
    /// Its subject. The same job about the same subject is queued once.
    fn subject(&self) -> String;
    /// Its cause: a repository, a destination, an account. Causes take turns in a lane, so that a
    /// flood of jobs delays only itself.
    fn cause(&self) -> String {
        Self::NAME.to_owned()
    }
}

/// What happens to a job when rows move to another database and objects to another store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moves {
    /// It concerns rows, and moves with them.
    WithRows,
    /// It concerns the first store, and stays there.
    Never,
}

/// Queues a job in the caller's transaction.
pub fn enqueue<J: Job>(
    tx: &mut Tx<'_>,
    job: &J,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<(), DbError> {
    let payload = serde_json::to_string(job).expect("a job is plain data");
    let (lane, name) = (J::LANE.as_str(), J::NAME);
    let (cause, subject) = (&job.cause(), &job.subject());
    tx.put_job(&NewJob { lane, cause, name, subject, payload: &payload, due_at }, now)
}

/// Cancels a job in the caller's transaction, because its cause has gone. A running one is stopped.
pub fn forget<J: Job>(tx: &mut Tx<'_>, subject: &str) -> Result<(), DbError> {
    tx.delete_job(J::NAME, subject)
}

/// Cancels a job in the caller's transaction, unless a runner has begun it. Then its effects may
/// already be happening, and `false` tells the caller not to use the job's subject.
pub fn take_back<J: Job>(tx: &mut Tx<'_>, subject: &str) -> Result<bool, DbError> {
    tx.delete_waiting_job(J::NAME, subject)
}

/// Why a job failed this time.
#[derive(Debug)]
pub struct JobFault(pub Box<dyn std::error::Error + Send + Sync>);

impl fmt::Display for JobFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&error_chain(&*self.0))
    }
}
