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

    fn right(&self) -> Option<(RepositoryKey, Digest)> {
        Some((RepositoryKey(self.repository), Digest::parse(&self.digest).ok()?))
    }
}

impl Operations {
    pub(super) async fn review_repository_blobs(
        &self,
        jobs: Vec<ReviewRepositoryBlob>,
    ) -> Result<Vec<Outcome>, Failure> {
        let now = self.now();
        self.db.write(move |tx| review(tx, &jobs, now)).await
    }
}

/// Each has its outcome, in their order. Their rows are asked for together.
fn review(
    tx: &mut Tx<'_>,
    jobs: &[ReviewRepositoryBlob],
    now: Timestamp,
) -> Result<Vec<Outcome>, Failure> {
    let rights: Vec<Option<(RepositoryKey, Digest)>> =
        jobs.iter().map(ReviewRepositoryBlob::right).collect();
    let asked: Vec<(RepositoryKey, &Digest)> =
        rights.iter().flatten().map(|(repository, digest)| (*repository, digest)).collect();
    let mut found = tx.find_rights(&asked)?.into_iter();
    let mut outcomes = Vec::with_capacity(jobs.len());
    for right in &rights {
        let found = right.as_ref().and_then(|right| Some((right, found.next().flatten()?)));
        outcomes.push(match found {
            Some((_, found)) if found.referenced => Outcome::Done,
            Some((_, found)) if found.lease_until > now => Outcome::Again(found.lease_until),
            Some(((repository, digest), found)) => {
                tx.detach_blob(*repository, digest)?;
                jobs::enqueue(tx, &ReclaimBlob::new(found.blob), now, now)?;
                Outcome::Done
            }
            None => Outcome::Done,
        });
    }
    Ok(outcomes)
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
