//! Runs a job again before its time: one that failed or was given up, or those of a process that is
//! gone.

use std::time::Duration;

use db::{JobRetried, Tx};

use crate::{Failure, Operations};

/// Longer than any lease.
const EVER: Duration = Duration::from_hours(24);

impl Operations {
    /// Makes a job due now that failed or was given up, with all of its attempts before it. Runners
    /// find it within a second. One that has not failed waits on: its time may be a grace that a
    /// client was promised.
    pub async fn retry_job(&self, id: i64) -> Result<JobRetried, Failure> {
        let now = self.now();
        self.db.write(move |tx| Ok(tx.retry_job(id, now)?)).await
    }

    /// Makes the jobs due now that a process before this one was running when it ended, and ends
    /// what it was fetching from upstream. Nodes that share rows cannot know which those are: they
    /// wait until the leases end.
    pub async fn take_over_jobs(&self) -> Result<(), Failure> {
        let now = self.now();
        let take_over = move |tx: &mut Tx<'_>| {
            tx.end_leases(now)?;
            Ok(tx.forget_dead_upstream_fetches(now.plus(EVER), u32::MAX)?)
        };
        self.db.write(take_over).await
    }
}
