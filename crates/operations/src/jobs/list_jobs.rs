//! Lists waiting, running, failed and given-up jobs.

use db::{JobState, ListedJob};

use super::about::JobAbout;
use crate::{Failure, Operations};

/// A job, and what it is about.
#[derive(Debug, Clone)]
pub struct DescribedJob {
    /// The job.
    pub job: ListedJob,
    /// What it is about, as far as that is still there.
    pub about: JobAbout,
}

impl Operations {
    /// Jobs in the order in which they were first queued, after that of `after`: all, or those in
    /// one state.
    pub async fn list_jobs(
        &self,
        state: Option<JobState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<DescribedJob>, Failure> {
        self.db
            .read(move |tx| {
                let jobs = tx.list_jobs(state, after, limit)?;
                let about = JobAbout::of_each(tx, &jobs)?;
                let described = jobs.into_iter().zip(about);
                Ok(described.map(|(job, about)| DescribedJob { job, about }).collect())
            })
            .await
    }

    /// The job of this kind about this subject, if it is not done.
    pub async fn find_job(
        &self,
        name: &str,
        subject: &str,
    ) -> Result<Option<DescribedJob>, Failure> {
        let (name, subject) = (name.to_owned(), subject.to_owned());
        self.db
            .read(move |tx| {
                let Some(job) = tx.find_job(&name, &subject)? else { return Ok(None) };
                let about = JobAbout::of_each(tx, std::slice::from_ref(&job))?.pop();
                Ok(about.map(|about| DescribedJob { job, about }))
            })
            .await
    }
}
