//! Expires the images that a policy takes, each if it is still taken in the transaction that
//! deletes it.

use std::sync::Arc;
use std::time::Duration;

use db::{DbError, LifecycleImage, LifecyclePolicy, Repository, RepositoryKey, Tx};
use names::{ImageStatus, Timestamp};
use policy::lifecycle::{Action, Candidate, Count, Document, StorageClass, evaluate};

use super::evaluation::{Taken, candidate};
use crate::image::batch_delete_image::ROWS_MAX;
use crate::image::removal::delete_with_layers;
use crate::{Failure, Operations};

/// A run of a policy.
pub(crate) struct Run {
    /// The repository.
    pub(crate) repository: RepositoryKey,
    /// The policy that was read when the run began.
    pub(crate) policy: LifecyclePolicy,
    /// The same, compiled.
    pub(crate) document: Document,
    /// When the images were judged.
    pub(crate) evaluated_at: Timestamp,
}

/// How a run ended.
pub(crate) enum Ended {
    /// It acted on all images, and so many expired.
    Whole { expired: u64 },
    /// So many expired, and the rest has to be judged again: images that count as newer may have
    /// been deleted since.
    Stale { expired: u64 },
    /// The policy was replaced or deleted, or the repository was deleted, meanwhile.
    Overtaken,
}

/// How long images can be acted on after they were judged. Most runs take seconds.
const JUDGED_FOR: Duration = Duration::from_mins(5);

/// How far one transaction came.
struct Step {
    tried: usize,
    expired: u64,
}

impl Operations {
    /// Expires the images that the run takes, in small transactions, and notes the evaluation.
    pub(crate) async fn expire_images(
        &self,
        run: &Arc<Run>,
        taken: Vec<Taken>,
    ) -> Result<Ended, Failure> {
        let is_expiry = |taken: &Taken| taken.action == Action::Expire;
        let taken: Arc<Vec<Taken>> = Arc::new(taken.into_iter().filter(is_expiry).collect());
        let (mut tried, mut expired) = (0, 0);
        while tried < taken.len() {
            let (run, taken, now) = (run.clone(), taken.clone(), self.now());
            // Each run comes further, however long judging takes.
            if tried > 0 && now > run.evaluated_at.plus(JUDGED_FOR) {
                return Ok(Ended::Stale { expired });
            }
            let step = self.db.write(move |tx| expire_some(tx, &run, &taken[tried..], now)).await?;
            let Some(step) = step else { return Ok(Ended::Overtaken) };
            tried += step.tried;
            expired += step.expired;
        }
        let noted = run.clone();
        let note = move |tx: &mut Tx<'_>| {
            let Run { repository, policy, evaluated_at, .. } = &*noted;
            tx.put_lifecycle_evaluation(*repository, policy.put_at, *evaluated_at)
        };
        self.db.write(note).await?;
        Ok(Ended::Whole { expired })
    }
}

/// Expires the first of these images; `None` if the policy is not that of the repository any more.
fn expire_some(
    tx: &mut Tx<'_>,
    run: &Run,
    taken: &[Taken],
    now: Timestamp,
) -> Result<Option<Step>, Failure> {
    let Some(repository) = tx.find_repository_by_key(run.repository)? else { return Ok(None) };
    let is_the_same = |policy: &LifecyclePolicy| {
        (policy.put_at, &policy.document) == (run.policy.put_at, &run.policy.document)
    };
    if tx.find_lifecycle_policy(run.repository)?.filter(is_the_same).is_none() {
        return Ok(None);
    }
    let (mut step, mut rows) = (Step { tried: 0, expired: 0 }, 0);
    for taken in taken {
        step.tried += 1;
        rows += 1;
        if let Some(deleted) = expire_one(tx, run, &repository, taken, now)? {
            step.expired += 1;
            rows += deleted;
        }
        if rows >= ROWS_MAX {
            break;
        }
    }
    Ok(Some(step))
}

/// Expires an image, if it is still taken. Returns how many rows it had.
fn expire_one(
    tx: &mut Tx<'_>,
    run: &Run,
    repository: &Repository,
    taken: &Taken,
    now: Timestamp,
) -> Result<Option<usize>, Failure> {
    let Some(image) = tx.find_lifecycle_images(&[taken.key])?.pop() else { return Ok(None) };
    let is_taken = if taken.with_subject {
        has_lost_subject(tx, repository, &image)?
    } else {
        is_still_taken(run, &image, taken.rule, now)
    };
    // An index that was pushed meanwhile, or that stayed, keeps its children.
    if !is_taken || !tx.list_parents(repository.key, &image.digest, 1)?.is_empty() {
        return Ok(None);
    }
    let found = tx.find_image(repository.key, &image.digest)?;
    let Some(found) = found.filter(|found| found.key == taken.key) else { return Ok(None) };
    let (deleted, blobs) = delete_with_layers(tx, repository, &found, now)?;
    Ok(Some(deleted.len() + blobs + image.children.len()))
}

/// Is this a referrer whose subject, which was before it in the order, has expired?
fn has_lost_subject(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &LifecycleImage,
) -> Result<bool, DbError> {
    let Some(subject) = &image.subject else { return Ok(false) };
    Ok(tx.find_image(repository.key, subject)?.is_none())
}

/// Would the rule take the image as it is now? Its tags may have moved, and it may have been pulled
/// or restored. How many newer images there are is as it was when all were judged.
fn is_still_taken(run: &Run, image: &LifecycleImage, priority: u32, now: Timestamp) -> bool {
    let class = match image.status {
        ImageStatus::Active => StorageClass::Standard,
        ImageStatus::Archived => StorageClass::Archive,
        ImageStatus::Activating => return false,
    };
    let mut rules = run.document.rules().iter();
    let first =
        rules.find(|rule| rule.storage_class() == class && rule.tags().selects(&image.tags));
    let Some(rule) = first.filter(|rule| rule.priority() == priority) else { return false };
    match rule.count() {
        Count::ImagesMoreThan(_) => image.activated_at.is_none_or(|at| at <= run.evaluated_at),
        Count::DaysSincePushed(_) | Count::DaysSincePulled(_) | Count::DaysSinceTransitioned(_) => {
            let alone = Candidate { children: &[], subject: None, ..candidate(image) };
            evaluate(&run.document, now, [alone]).decisions()[0].action().is_some()
        }
    }
}
