//! Referrers of images that were deleted go an hour later, unless their subject is back by then, or
//! an index refers to them.
//!
//! A job that failed goes on later, and how far it came is not known. So the model learns which
//! referrers are gone, as far as there is a reason, and that none is left when the job is done.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use names::{Digest, RepositoryArn, Timestamp};

use crate::perform::Trial;
use crate::state::Repository;

/// How long a subject has to come back.
const RETURN_WITHIN: Duration = Duration::from_hours(1);

/// The job.
const NAME: &str = "delete_referrers";

/// More jobs than there are.
const EVERY_JOB: u32 = 10_000;

impl Trial<'_> {
    /// Runs all jobs that are due, and takes over what they did to referrers.
    pub(crate) async fn run_due(&mut self) -> Result<(), String> {
        let now = self.now();
        self.world.run_due().await;
        let listed = self.world.operations().list_jobs(None, 0, EVERY_JOB).await;
        let listed = listed.map_err(|failure| format!("{failure:?}"))?;
        let of_referrers = listed.into_iter().filter(|it| it.job.name == NAME);
        let queued: HashSet<(RepositoryArn, Digest)> =
            of_referrers.filter_map(|it| it.about.repository.zip(it.about.image)).collect();
        for arn in &self.catalogue.repositories {
            let Some(before) = self.model.0.get(&arn.repository).cloned() else { continue };
            if before.bereft.is_empty() {
                continue;
            }
            let found: BTreeSet<Digest> = self.statuses(arn).await?.into_keys().collect();
            let repository = self.model.0.get_mut(&arn.repository).expect("it is there");
            let is_queued = |subject: &Digest| queued.contains(&(arn.clone(), subject.clone()));
            repository.follow(&found, is_queued, now).map_err(|why| format!("in {arn}: {why}"))?;
        }
        Ok(())
    }
}

impl Repository {
    /// Notes that an image was deleted, for its referrers.
    pub(crate) fn bereave(&mut self, subject: &Digest, now: Timestamp) {
        if self.images.iter().any(|image| image.subject.as_ref() == Some(subject)) {
            self.bereft.insert(subject.clone(), now.plus(RETURN_WITHIN));
        }
    }

    /// Takes over which referrers are gone, of the images that are there.
    fn follow(
        &mut self,
        found: &BTreeSet<Digest>,
        is_queued: impl Fn(&Digest) -> bool,
        now: Timestamp,
    ) -> Result<(), String> {
        let mut due = self.bereft.clone();
        due.retain(|_, due_at| *due_at <= now);
        for subject in due.keys() {
            let referrers: Vec<Digest> = self.referrers_of(subject);
            for referrer in &referrers {
                let is_free = self.image(subject).is_none() && self.parents_of(referrer).is_empty();
                match (found.contains(referrer), is_free) {
                    (false, true) => self.delete_image(referrer, now),
                    (false, false) => return Err(format!("{referrer} was deleted with {subject}")),
                    (true, true) if !is_queued(subject) => {
                        return Err(format!("{referrer} stays without {subject}"));
                    }
                    (true, _) => {}
                }
            }
            if !is_queued(subject) {
                self.bereft.remove(subject);
            }
        }
        Ok(())
    }

    fn referrers_of(&self, subject: &Digest) -> Vec<Digest> {
        let referrers = self.images.iter().filter(|image| image.subject.as_ref() == Some(subject));
        referrers.map(|image| image.digest.clone()).collect()
    }
}
