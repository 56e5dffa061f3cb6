//! Lists waiting, running, failed and given-up jobs.

use db::{JobState, ListedJob};

use crate::{Failure, Operations};

impl Operations {
    /// Jobs in the order in which they were first queued, after that of `after`: all, or those in
    /// one state.
    pub async fn list_jobs(
        &self,
        state: Option<JobState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<ListedJob>, Failure> {
        self.db.read(move |tx| Ok(tx.list_jobs(state, after, limit)?)).await
    }

    /// The job of this kind about this subject, if it is not done.
    pub async fn find_job(&self, name: &str, subject: &str) -> Result<Option<ListedJob>, Failure> {
        let (name, subject) = (name.to_owned(), subject.to_owned());
        self.db.read(move |tx| Ok(tx.find_job(&name, &subject)?)).await
    }
}
