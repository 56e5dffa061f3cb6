//! Runs a failed or given-up job again now.

use db::JobRetried;

use crate::{Failure, Operations};

impl Operations {
    /// Makes a job due now that failed or was given up, with all of its attempts before it. Runners
    /// find it within a second. One that has not failed waits on: its time may be a grace that a
    /// client was promised.
    pub async fn retry_job(&self, id: i64) -> Result<JobRetried, Failure> {
        let now = self.now();
        self.db.write(move |tx| Ok(tx.retry_job(id, now)?)).await
    }
}
