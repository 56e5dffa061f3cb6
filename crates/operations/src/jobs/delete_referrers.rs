//! Deletes the referrers of an image that was deleted: signatures, bills of materials, attestations
//! ("Lifecycle policies" in ECR's guide: within 24 hours).
//!
//! The subject may come back first: it is pushed again, or restored. Then nothing is deleted. A
//! referrer that was pushed before its subject is not looked for, because no subject of it was
//! deleted. One that an index refers to stays, and so does one that the history of a tag can roll
//! back to, if that shields images.
//!
//! It goes through them in small transactions, and looks for the subject again in each. A crash
//! leaves some of them, and the job runs again.

use std::time::Duration;

use db::{DeletionCause, ImageKey, RepositoryKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{Digest, Timestamp};
use serde::{Deserialize, Serialize};

use crate::image::removal::{Removing, delete_whole_image};
use crate::{Failure, Operations, Shield};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeleteReferrers {
    repository: i64,
    /// The digest of the image that was deleted.
    subject: String,
}

impl Job for DeleteReferrers {
    const NAME: &'static str = "delete_referrers";
    const LANE: Lane = Lane::Lifecycle;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        format!("{}/{}", self.repository, self.subject)
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

/// How long a subject has to come back: a pipeline that deletes an image and pushes it again needs
/// minutes.
const RETURN_WITHIN: Duration = Duration::from_hours(1);

/// How many referrers one transaction looks at: others wait for it no longer than that.
const BATCH: u32 = 50;

/// Queues the deletion of the referrers of an image that is being deleted.
pub(crate) fn delete_referrers_later(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    subject: &Digest,
    now: Timestamp,
) -> Result<(), Failure> {
    let job = DeleteReferrers { repository: repository.0, subject: subject.as_str().to_owned() };
    Ok(jobs::enqueue(tx, &job, now.plus(RETURN_WITHIN), now)?)
}

impl Operations {
    pub(super) async fn delete_referrers(&self, job: DeleteReferrers) -> Result<Outcome, Failure> {
        let Ok(subject) = Digest::parse(&job.subject) else { return Ok(Outcome::Done) };
        let (repository, shield) = (RepositoryKey(job.repository), self.tag_history.shield);
        let mut after = None;
        loop {
            let (subject, now) = (subject.clone(), self.now());
            let removing = self.removing(DeletionCause::Deleted, self.moved_by_policy(now));
            let delete = move |tx: &mut Tx<'_>| {
                let from = From { repository, subject: &subject, after, shield };
                delete_some(tx, &from, &removing, now)
            };
            after = self.db.write(delete).await?;
            if after.is_none() {
                return Ok(Outcome::Done);
            }
        }
    }
}

/// Which referrers are looked at.
struct From<'a> {
    repository: RepositoryKey,
    subject: &'a Digest,
    after: Option<ImageKey>,
    shield: Shield,
}

/// Deletes some referrers. Returns the last that was looked at if there may be more.
fn delete_some(
    tx: &mut Tx<'_>,
    from: &From<'_>,
    removing: &Removing,
    now: Timestamp,
) -> Result<Option<ImageKey>, Failure> {
    let From { repository, subject, after, shield } = *from;
    let Some(repository) = tx.find_repository_by_key(repository)? else { return Ok(None) };
    if tx.find_image(repository.key, subject)?.is_some() {
        return Ok(None);
    }
    let referrers = tx.list_referrers(repository.key, subject, after, BATCH)?;
    for referrer in &referrers {
        let Some((_, digest, _)) = tx.find_image_status(referrer.key)? else { continue };
        let Some(image) = tx.find_image(repository.key, &digest)? else { continue };
        let is_referred = !tx.list_parents(repository.key, &digest, 1)?.is_empty();
        let is_shielded = shield == Shield::On
            && tx
                .find_moves_away(repository.key, &[(image.key, &digest)])?
                .iter()
                .any(Option::is_some);
        if !is_referred && !is_shielded {
            delete_whole_image(tx, &repository, &image, removing, now)?;
        }
    }
    let last = referrers.last().map(|referrer| referrer.key);
    Ok(last.filter(|_| referrers.len() == BATCH as usize))
}
