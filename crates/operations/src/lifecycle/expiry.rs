//! Expires or archives the images that a policy takes, each if it is still taken in the transaction
//! that does so.
//!
//! That transaction looks again at the policy; at the image's tags, times and status; at what tags
//! named before, if that shields images; at the indexes that refer to it; and, for a rule that
//! counts, at the newer images for which it is too many. If one of those is gone, all images are
//! judged again. A rule that spares more images than one transaction should read is judged again
//! every few seconds instead.
//!
//! It also tells what became of its images (`events.rs`). If a run was stopped, the next one tells
//! of the others. A run that finds nothing to do tells that as it ends.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use db::{DbError, DeletionCause, ImageKey, LifecycleImage, LifecyclePolicy, Tx};
use names::{ImageStatus, Timestamp};
use policy::lifecycle::{Action, Count};

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

/// The same for those that a rule takes whose ranking is not looked at again, unless judging takes
/// longer.
const RANKED_FOR: Duration = Duration::from_secs(5);

/// How many rows are read in the time that it takes to write one.
const READS_PER_WRITE: usize = 4;

/// An image to act on.
struct Acting {
    taken: Taken,
    /// The rule's newest images, if it counts and they are few: they are still there when this one
    /// expires.
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
            let (some, taken, before, now) = (run.clone(), taken.clone(), gone.clone(), self.now());
            // Each run comes further, however long judging takes.
            if tried > 0 && now > run.good_until(&taken[tried]) {
                return Ok(Ended::Stale(acted));
            }
            let removing = self.removing(DeletionCause::Expired, self.moved_by_policy(now));
            let acting = ActingAt { now, removing };
            let act =
                move |tx: &mut Tx<'_>| act_on_some(tx, &some, &taken[tried..], &before, &acting);
            let begun = Instant::now();
            let Some(step) = self.db.write(act).await? else { return Ok(Ended::Overtaken) };
            self.pace.rest(begun.elapsed()).await;
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
}

impl Run {
    /// Tells what became of these images.
    fn tell(&self, tx: &mut Tx<'_>, images: &[Told], now: Timestamp) -> Result<(), DbError> {
        let policy = EventPolicy { document: &self.document, stored: Some(&self.policy) };
        let about = (&self.arn, &policy);
        events::write(tx, self.audit, EVENT, about, self.numbers, images, now)
    }

    /// Until when an image can be acted on. Judging again takes no more than a part of the time.
    fn good_until(&self, image: &Acting) -> Timestamp {
        let rule = self.document.find_rule(image.taken.rule);
        let counts = rule.is_some_and(|rule| matches!(rule.count(), Count::ImagesMoreThan(_)));
        if !counts || image.spared.is_some() {
            return self.ready_at.plus(JUDGED_FOR);
        }
        let judging = self.ready_at.as_micros() - self.evaluated_at.as_micros();
        let judging = Duration::from_micros(u64::try_from(judging).unwrap_or(0));
        self.ready_at.plus(RANKED_FOR.max(judging))
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
    step.read += left.len();
    let found = tx.find_lifecycle_images(&left)?;
    let counts =
        |image: &&LifecycleImage| image.status == ImageStatus::Active && rule.selects(&image.tags);
    Ok(found.iter().filter(counts).count() == left.len())
}
