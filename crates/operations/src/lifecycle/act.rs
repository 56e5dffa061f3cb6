//! What a run does to a few of the images that it takes, in one of its transactions.
//!
//! Their rows are asked for together: over a network, that costs as much as for one. So none of
//! them may depend on what happens to another: an index comes before its images, and a subject
//! before its referrers, and each of those waits for the next turn. Every image is looked at again
//! first (see `expiry.rs`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use db::{
    ExpiredImage, Image, ImageKey, LifecycleImage, LifecyclePolicy, Repository, RepositoryKey, Tx,
};
use names::{Digest, ImageStatus, RepositoryArn, Timestamp};
use policy::lifecycle::{Action, Document};

use super::evaluation::{Taken, find_shielded};
use super::events::Told;
use super::reason;
use super::still_taken::{has_lost_subject, is_still_taken};
use crate::audit::Audit;
use crate::audit::service_event::Numbers;
use crate::image::archive::{PARENTS_NAMED_MAX, archive};
use crate::image::removal::{Removing, delete_whole_images};
use crate::operations::ROWS_AT_ONCE;
use crate::{Failure, Shield};

/// A run of a policy.
pub(crate) struct Run {
    /// The repository.
    pub(crate) repository: RepositoryKey,
    /// Its name.
    pub(crate) arn: RepositoryArn,
    /// The policy that was read when the run began.
    pub(crate) policy: LifecyclePolicy,
    /// The same, compiled.
    pub(crate) document: Arc<Document>,
    /// When the images were judged.
    pub(crate) evaluated_at: Timestamp,
    /// When all of them were.
    pub(crate) ready_at: Timestamp,
    /// Whether images stay that the history of a tag can roll back to.
    pub(crate) shield: Shield,
    /// Whether it tells what it does.
    pub(crate) audit: Audit,
    /// How many images there are, and how many it takes.
    pub(crate) numbers: Numbers,
}

/// The moment of a transaction, and what a removal has to do besides.
pub(super) struct ActingAt {
    pub(super) now: Timestamp,
    pub(super) removing: Removing,
}

/// What became of an image.
pub(super) enum Tried {
    /// It stays: the rule does not take it any more.
    Kept,
    /// It stays although the rule takes it.
    Failed(Told),
    /// It expired or was archived, which changed so many rows.
    Done { rows: usize, told: Told },
}

impl Tried {
    /// How many rows were read or changed.
    pub(super) fn rows(&self) -> usize {
        match self {
            Self::Kept | Self::Failed(_) => 1,
            Self::Done { rows, .. } => 1 + rows,
        }
    }
}

/// Expires or archives images, each if it is still taken. Returns what became of the first of them;
/// the others depend on those, or there are too many rows.
pub(super) fn act_together(
    tx: &mut Tx<'_>,
    run: &Run,
    repository: &Repository,
    taken: &[Taken],
    at: &ActingAt,
) -> Result<Vec<Tried>, Failure> {
    let keys: Vec<ImageKey> = taken.iter().map(|taken| taken.key).collect();
    let (images, count) = independent(&keys, tx.find_lifecycle_images(&keys)?);
    let taken = &taken[..count];
    let shielded = find_shielded(tx, run.repository, &images, run.shield)?;
    let mut images: HashMap<ImageKey, (LifecycleImage, bool)> =
        images.into_iter().zip(shielded).map(|found| (found.0.key, found)).collect();
    let mut tried: Vec<Tried> = taken.iter().map(|_| Tried::Kept).collect();
    let mut expiring = Vec::new();
    for (place, taken) in taken.iter().enumerate() {
        let Some((image, is_shielded)) = images.remove(&taken.key) else { continue };
        if is_shielded || !is_taken(tx, run, repository, &image, taken, at.now)? {
            continue;
        }
        match taken.action {
            Action::Expire => expiring.push((place, taken, image)),
            Action::Transition if image.status == ImageStatus::Active => {
                tried[place] = transition(tx, repository, &image, taken, at)?;
            }
            Action::Transition => {}
        }
    }
    expire(tx, run, repository, expiring, at, &mut tried)?;
    Ok(tried)
}

/// The first images, of which none depends on another: those that are still there, and how many of
/// the keys they stand for.
fn independent(keys: &[ImageKey], found: Vec<LifecycleImage>) -> (Vec<LifecycleImage>, usize) {
    let (mut first, mut rows) = (Vec::new(), 0);
    let mut named: HashSet<Digest> = HashSet::new();
    for image in found {
        let depends = named.contains(&image.digest)
            || image.subject.as_ref().is_some_and(|subject| named.contains(subject));
        let is_next = first.is_empty() || (!depends && rows < ROWS_AT_ONCE);
        if !is_next {
            let count = keys.iter().position(|key| *key == image.key).unwrap_or(0);
            return (first, count);
        }
        rows += 1 + image.tags.len() + image.children.len();
        named.insert(image.digest.clone());
        named.extend(image.children.iter().cloned());
        first.push(image);
    }
    (first, keys.len())
}

fn is_taken(
    tx: &mut Tx<'_>,
    run: &Run,
    repository: &Repository,
    image: &LifecycleImage,
    taken: &Taken,
    now: Timestamp,
) -> Result<bool, Failure> {
    if taken.with_subject {
        return Ok(has_lost_subject(tx, repository, image, taken.action)?);
    }
    Ok(is_still_taken((&run.document, run.evaluated_at), image, taken.rule, now))
}

fn transition(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &LifecycleImage,
    taken: &Taken,
    at: &ActingAt,
) -> Result<Tried, Failure> {
    let told = Told::of(image, taken.rule);
    let parents =
        archive(tx, repository.key, image.key, &image.digest, (at.removing.events, at.now))?;
    Ok(if parents.is_empty() {
        Tried::Done { rows: 2, told }
    } else {
        Tried::Failed(told.kept_by(parents))
    })
}

/// Deletes images, and writes down why.
fn expire(
    tx: &mut Tx<'_>,
    run: &Run,
    repository: &Repository,
    expiring: Vec<(usize, &Taken, LifecycleImage)>,
    at: &ActingAt,
    tried: &mut [Tried],
) -> Result<(), Failure> {
    let digests: Vec<&Digest> = expiring.iter().map(|(_, _, image)| &image.digest).collect();
    let parents = tx.list_parents_of_each(repository.key, &digests, PARENTS_NAMED_MAX)?;
    let found = tx.find_images(repository.key, &digests)?;
    let (mut going, mut whole): (Vec<_>, Vec<Image>) = (Vec::new(), Vec::new());
    for ((of, parents), found) in expiring.into_iter().zip(parents).zip(found) {
        let (place, taken, image) = of;
        // An index that was pushed meanwhile, or that stayed, keeps its children.
        if !parents.is_empty() {
            tried[place] = Tried::Failed(Told::of(&image, taken.rule).kept_by(parents));
        } else if let Some(found) = found.filter(|found| found.key == taken.key) {
            going.push((place, taken, image));
            whole.push(found);
        }
    }
    let removed = delete_whole_images(tx, repository, &whole, &at.removing, at.now)?;
    for ((place, taken, image), removed) in going.into_iter().zip(removed) {
        let told = Told::of(&image, taken.rule);
        let rows = removed.deleted.len() + removed.layers + image.children.len();
        let recorded = record(tx, run, image, taken, at.now)?;
        tried[place] = Tried::Done { rows: rows + recorded, told };
    }
    Ok(())
}

/// Writes down why an image expired. Returns how many rows that takes.
fn record(
    tx: &mut Tx<'_>,
    run: &Run,
    image: LifecycleImage,
    taken: &Taken,
    now: Timestamp,
) -> Result<usize, Failure> {
    let Some(rule) = run.document.find_rule(taken.rule) else { return Ok(0) };
    let subject = image.subject.as_ref().filter(|_| taken.with_subject);
    let reason = reason::of_expiry(rule, (&image).into(), subject, run.evaluated_at);
    let expired = ExpiredImage {
        digest: image.digest,
        tags: image.tags,
        pushed_at: image.pushed_at,
        pulled_at: image.pulled_at,
        expired_at: now,
        rule: rule.canonical(),
        reason,
    };
    tx.insert_expired_image(run.repository, &expired)?;
    Ok(1 + expired.tags.len())
}
