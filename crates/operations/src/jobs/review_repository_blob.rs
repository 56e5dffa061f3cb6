//! Removes a repository's right to a layer, if and only if
//! - no image of the repository refers to the layer, and
//! - its lease is over.

use db::{Repository, RepositoryKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{Digest, Timestamp};
use serde::{Deserialize, Serialize};

use super::reclaim_blob::ReclaimBlob;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ReviewRepositoryBlob {
    repository: i64,
    digest: String,
}

impl Job for ReviewRepositoryBlob {
    const NAME: &'static str = "review_repository_blob";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        format!("{}/{}", self.repository, self.digest)
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

impl ReviewRepositoryBlob {
    pub(crate) fn new(repository: RepositoryKey, digest: &Digest) -> Self {
        Self { repository: repository.0, digest: digest.as_str().to_owned() }
    }
}

impl Operations {
    pub(super) async fn review_repository_blobs(
        &self,
        jobs: Vec<ReviewRepositoryBlob>,
    ) -> Result<Vec<Outcome>, Failure> {
        let now = self.now();
        self.db.write(move |tx| jobs.iter().map(|job| review(tx, job, now)).collect()).await
    }
}

fn review(tx: &mut Tx<'_>, job: &ReviewRepositoryBlob, now: Timestamp) -> Result<Outcome, Failure> {
    let Ok(digest) = Digest::parse(&job.digest) else { return Ok(Outcome::Done) };
    let repository = RepositoryKey(job.repository);
    let Some(found) = tx.find_attached_blob(repository, &digest)? else {
        return Ok(Outcome::Done);
    };
    if found.referenced {
        return Ok(Outcome::Done);
    }
    if found.lease_until > now {
        return Ok(Outcome::Again(found.lease_until));
    }
    tx.detach_blob(repository, &digest)?;
    jobs::enqueue(tx, &ReclaimBlob::new(found.blob), now, now)?;
    Ok(Outcome::Done)
}

/// Queues a review of the layer for the end of its lease, in case no image refers to it by then.
pub(crate) fn review_later(
    tx: &mut Tx<'_>,
    repository: &Repository,
    digest: &Digest,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<(), Failure> {
    let job = ReviewRepositoryBlob::new(repository.key, digest);
    Ok(jobs::enqueue(tx, &job, due_at, now)?)
}
