//! Jobs that begin once, at the first start, and then put themselves off for ever.

use db::{DbError, Tx};
use jobs::Job;

use crate::{Failure, Operations};

impl Operations {
    /// Queues a job unless it is queued. Only a first start writes.
    pub(super) async fn begin<J: Job + Send + Sync + 'static>(
        &self,
        job: J,
    ) -> Result<(), Failure> {
        let (now, subject) = (self.now(), job.subject());
        let is_known = move |tx: &mut Tx<'_>| tx.job_is_known(J::NAME, &subject);
        let is_known: Result<_, DbError> = self.db.read(is_known).await;
        if !is_known? {
            let queue = move |tx: &mut Tx<'_>| jobs::enqueue(tx, &job, now, now);
            let queued: Result<(), DbError> = self.db.write(queue).await;
            queued?;
        }
        Ok(())
    }
}
