//! Expires or archives the images that a policy takes, each if it is still taken in the transaction
//! that does so.
//!
//! That transaction looks again at the policy; at the image's tags, times and status; at what tags
//! named before, if that shields images; at the indexes that refer to it; and, for a rule that
//! counts, at the newer images for which it is too many. If one of those is gone, all images are
//! judged again.
//!
//! It looks at all of those newer images, however many the rule spares, because a caller may delete
//! any of them, or take its tags, between two transactions, and nothing that is cheaper to read
//! would show it. Only what decides is read: whether an image is there, and its tags. That is some
//! microseconds an image, so some milliseconds for a rule that spares thousands; the run rests
//! after each transaction in proportion to its length. A rule that has no more images than it
//! spares takes none for their number, so nothing is looked at.
//!
//! It also tells what became of its images (`events.rs`). If a run was stopped, the next one tells
//! of the others. A run that finds nothing to do tells that as it ends.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use db::{DbError, DeletionCause, ImageKey, LifecyclePolicy, Tx};
use names::Timestamp;
use policy::lifecycle::Action;

use super::act::{ActingAt, Run, Tried, act_together};
use super::evaluation::{Judged, Taken};
use super::events::{self, EventPolicy, Told};
use crate::image::removal::IMAGES_TOGETHER;
use crate::operations::ROWS_AT_ONCE;
use crate::{Failure, Operations};

/// How many images a run acted on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Acted {
    /// Those that it deleted.
    pub(crate) expired: u64,
    /// Those that it archived.
    pub(crate) archived: u64,
}

/// How a run ended.
pub(crate) enum Ended {
    /// It acted on all images.
    Whole(Acted),
    /// It acted on some, and the rest has to be judged again: images that count as newer may have
    /// been deleted since.
    Stale(Acted),
    /// The policy was replaced or deleted, or the repository was deleted, meanwhile.
    Overtaken,
}

/// How long images can be acted on after they were judged. Most runs take seconds.
const JUDGED_FOR: Duration = Duration::from_mins(5);

/// How often a transaction that loses to others is tried again, each time for many seconds.
const CONFLICTS_MAX: u32 = 10;

/// How long a run rests before that.
const AFTER_CONFLICT: Duration = Duration::from_secs(1);

/// How many rows are read in the time that it takes to write one.
const READS_PER_WRITE: usize = 4;

/// How many of the newest images are looked at together: their tags are in memory meanwhile.
const LOOKED_AT_TOGETHER: usize = 1_000;

/// An image to act on.
struct Acting {
    taken: Taken,
    /// The rule's newest images, if it counts: they are still there when this one expires.
    spared: Option<Arc<[ImageKey]>>,
}

/// How far one transaction came.
#[derive(Default)]
struct Step {
    tried: usize,
    acted: Acted,
    /// The images that expired or were archived.
    gone: Vec<ImageKey>,
    /// The same, and those that could not be, for the events.
    told: Vec<Told>,
    /// Newer images are gone: the images after these have to be judged again.
    is_stale: bool,
    /// Rankings that were looked at in this transaction, by the priority of their rule.
    ranked: HashSet<u32>,
    /// How many images were read for that.
    read: usize,
}

/// The name of the events.
const EVENT: &str = "PolicyExecutionEvent";

impl Operations {
    /// Acts on the images that the run takes, in small transactions, and notes the evaluation.
    pub(crate) async fn act_on_images(
        &self,
        run: &Arc<Run>,
        judged: &Judged,
    ) -> Result<Ended, Failure> {
        let taken = Arc::new(acting(judged));
        let (mut tried, mut told) = (0, 0);
        let mut acted = Acted::default();
        let mut gone = Arc::new(HashSet::new());
        while tried < taken.len() {
            // Each run comes further, however long judging takes.
            if tried > 0 && self.now() > run.ready_at.plus(JUDGED_FOR) {
                return Ok(Ended::Stale(acted));
            }
            let step = self.act_on_next(run, &taken, tried, &gone).await?;
            let Some(step) = step else { return Ok(Ended::Overtaken) };
            tried += step.tried;
            told += step.told.len();
            acted.expired += step.acted.expired;
            acted.archived += step.acted.archived;
            self.expired.fetch_add(step.acted.expired, Ordering::Relaxed);
            Arc::make_mut(&mut gone).extend(step.gone);
            if step.is_stale {
                return Ok(Ended::Stale(acted));
            }
        }
        let (noted, now) = (run.clone(), self.now());
        let note = move |tx: &mut Tx<'_>| {
            let Run { repository, policy, evaluated_at, .. } = &*noted;
            let is_noted =
                tx.put_lifecycle_evaluation(*repository, policy.put_at, *evaluated_at)?;
            if is_noted && told == 0 { noted.tell(tx, &[], now) } else { Ok(()) }
        };
        let noted: Result<(), DbError> = self.db.write(note).await;
        noted?;
        Ok(Ended::Whole(acted))
    }

    /// Acts on the next images in one transaction. If that loses each of its attempts to others,
    /// it rests and goes on with one image at a time: judging all images again would take longer,
    /// and lose to the same.
    async fn act_on_next(
        &self,
        run: &Arc<Run>,
        taken: &Arc<Vec<Acting>>,
        tried: usize,
        gone: &Arc<HashSet<ImageKey>>,
    ) -> Result<Option<Step>, Failure> {
        let (mut conflicts, mut end) = (0, taken.len());
        loop {
            let (some, taken, before, now) = (run.clone(), taken.clone(), gone.clone(), self.now());
            let removing = self.removing(DeletionCause::Expired, self.moved_by_policy(now));
            let acting = ActingAt { now, removing };
            let act =
                move |tx: &mut Tx<'_>| act_on_some(tx, &some, &taken[tried..end], &before, &acting);
            let begun = Instant::now();
            let acted = self.db.write(act).await;
            self.pace.rest(begun.elapsed()).await;
            match acted {
                Err(failure) if failure.is_conflict() && conflicts < CONFLICTS_MAX => {
                    (conflicts, end) = (conflicts + 1, tried + 1);
                    tokio::time::sleep(AFTER_CONFLICT).await;
                }
                acted => return acted,
            }
        }
    }
}

impl Run {
    /// Tells what became of these images.
    fn tell(&self, tx: &mut Tx<'_>, images: &[Told], now: Timestamp) -> Result<(), DbError> {
        let policy = EventPolicy { document: &self.document, stored: Some(&self.policy) };
        let about = (&self.arn, &policy);
        events::write(tx, self.audit, EVENT, about, self.numbers, images, now)
    }
}

/// The images to act on, in the order to act in.
fn acting(judged: &Judged) -> Vec<Acting> {
    let mut by_rule: HashMap<u32, Option<Arc<[ImageKey]>>> = HashMap::new();
    judged
        .taken()
        .into_iter()
        .map(|taken| {
            let spared = || judged.spared(taken.rule).map(Arc::from);
            let spared = by_rule.entry(taken.rule).or_insert_with(spared).clone();
            Acting { taken, spared }
        })
        .collect()
}

/// Acts on the first of these images; `None` if the policy is not that of the repository any more.
/// The run has acted on those in `gone`.
fn act_on_some(
    tx: &mut Tx<'_>,
    run: &Run,
    images: &[Acting],
    gone: &HashSet<ImageKey>,
    at: &ActingAt,
) -> Result<Option<Step>, Failure> {
    let Some(repository) = tx.find_repository_by_key(run.repository)? else { return Ok(None) };
    let is_the_same = |policy: &LifecyclePolicy| {
        (policy.put_at, &policy.document) == (run.policy.put_at, &run.policy.document)
    };
    if !tx.find_lifecycle_policy(run.repository)?.as_ref().is_some_and(is_the_same) {
        return Ok(None);
    }
    let (mut step, mut rows) = (Step::default(), 0);
    // A row that is read costs less than one that is written.
    while !step.is_stale
        && step.tried < images.len()
        && rows + step.read / READS_PER_WRITE < ROWS_AT_ONCE
    {
        let next = &images[step.tried..images.len().min(step.tried + IMAGES_TOGETHER)];
        let mut ranked = Vec::with_capacity(next.len());
        for image in next {
            if !is_ranked_as_before(tx, run, image, gone, &mut step)? {
                step.is_stale = true;
                break;
            }
            ranked.push(image.taken);
        }
        let tried = act_together(tx, run, &repository, &ranked, at)?;
        rows += tried.iter().map(Tried::rows).sum::<usize>();
        for (taken, tried) in ranked.iter().zip(tried) {
            step.note(taken, tried);
        }
    }
    if !step.told.is_empty() {
        run.tell(tx, &step.told, at.now)?;
    }
    Ok(Some(step))
}

impl Step {
    fn note(&mut self, taken: &Taken, tried: Tried) {
        self.tried += 1;
        match tried {
            Tried::Kept => {}
            Tried::Failed(told) => self.told.push(told),
            Tried::Done { told, .. } => {
                self.gone.push(taken.key);
                self.told.push(told);
                match taken.action {
                    Action::Expire => self.acted.expired += 1,
                    Action::Transition => self.acted.archived += 1,
                }
            }
        }
    }
}

/// Are the newer images, for which this one is too many, still what they were? Those that the run
/// itself acted on count, as they did when the images were judged.
fn is_ranked_as_before(
    tx: &mut Tx<'_>,
    run: &Run,
    image: &Acting,
    gone: &HashSet<ImageKey>,
    step: &mut Step,
) -> Result<bool, DbError> {
    let Some(spared) = &image.spared else { return Ok(true) };
    if !step.ranked.insert(image.taken.rule) {
        return Ok(true);
    }
    let Some(rule) = run.document.find_rule(image.taken.rule) else { return Ok(false) };
    let is_gone = |key: &&ImageKey| gone.contains(*key) || step.gone.contains(*key);
    let left: Vec<ImageKey> = spared.iter().filter(|key| !is_gone(key)).copied().collect();
    for some in left.chunks(LOOKED_AT_TOGETHER) {
        step.read += some.len();
        let found = tx.list_tags_of_active(some)?;
        if found.iter().filter(|tags| rule.selects(tags)).count() < some.len() {
            return Ok(false);
        }
    }
    Ok(true)
}
