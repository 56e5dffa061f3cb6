//! Makes the preview of a lifecycle policy, and gives its results up after a day.
//!
//! Each run takes the next `turn` of the preview, deletes the results of runs before it, judges all
//! images, and writes its results in small transactions. One that was overtaken writes nothing any
//! more. A crash leaves results of a turn that is not the newest once the job runs again.
//!
//! The transaction that makes the preview complete also tells it, as CloudTrail's `DryRunEvent`: at
//! most the first 250 of its images, and how many there are. So each preview is told once.

use std::sync::Arc;
use std::time::Duration;

use db::{DbError, LifecyclePreview, PreviewedImage, RepositoryKey, TagStatus, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{ImageStatus, LifecycleAction, PreviewState, RepositoryArn, StorageClass, Timestamp};
use policy::lifecycle::{Action, Document};
use serde::{Deserialize, Serialize};

use crate::audit::Audit;
use crate::audit::service_event::Numbers;
use crate::lifecycle::evaluation::Taken;
use crate::lifecycle::events::{self, EventPolicy, Told};
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct PreviewLifecyclePolicy {
    pub(crate) repository: i64,
}

impl Job for PreviewLifecyclePolicy {
    const NAME: &'static str = "preview_lifecycle_policy";
    const LANE: Lane = Lane::Lifecycle;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.repository.to_string()
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

/// How long results can be read.
const RESULTS_LIFE: Duration = Duration::from_hours(24);

/// How many results one transaction writes or deletes: others wait for it no longer than that.
const BATCH: u32 = 250;

/// The name of the events.
const EVENT: &str = "DryRunEvent";

/// What is to be done with a preview.
enum Next {
    /// Nothing: it is gone.
    Nothing,
    /// Nothing before this moment.
    Wait(Timestamp),
    /// Delete the results of the runs before its newest.
    Clear(LifecyclePreview),
    /// The same, and make it: its newest run is this one.
    Make(LifecyclePreview),
}

impl Operations {
    pub(super) async fn preview_lifecycle_policy(
        &self,
        job: PreviewLifecyclePolicy,
    ) -> Result<Outcome, Failure> {
        let (repository, now) = (RepositoryKey(job.repository), self.now());
        let next: Result<Next, DbError> =
            self.db.write(move |tx| take_turn(tx, repository, now)).await;
        match next? {
            Next::Nothing => Ok(Outcome::Done),
            Next::Wait(until) => Ok(Outcome::Again(until)),
            Next::Clear(preview) => {
                self.clear_results(repository, preview.turn).await?;
                Ok(Outcome::Done)
            }
            Next::Make(preview) => {
                self.clear_results(repository, preview.turn).await?;
                self.make_preview(repository, preview).await
            }
        }
    }

    async fn clear_results(&self, repository: RepositoryKey, turn: i64) -> Result<(), Failure> {
        let delete = move |tx: &mut Tx<'_>| tx.delete_previewed_images(repository, turn, BATCH);
        while self.db.write(delete).await? {}
        Ok(())
    }

    async fn make_preview(
        &self,
        repository: RepositoryKey,
        mut preview: LifecyclePreview,
    ) -> Result<Outcome, Failure> {
        let mut told = None;
        if let Ok(document) = Document::read(&preview.document) {
            let document = Arc::new(document);
            let judged = self.judge_images(repository, &document, self.now()).await?;
            let images_evaluated = u64::try_from(judged.len()).unwrap_or(u64::MAX);
            let written = self.write_results(repository, preview.turn, judged.taken()).await?;
            let Some((expiring, transitioning)) = written else { return Ok(Outcome::Done) };
            let images_taken = expiring + transitioning;
            told = Some((document, Numbers { images_evaluated, images_taken }));
            preview.state = PreviewState::Complete;
            (preview.expiring, preview.transitioning) = (expiring, transitioning);
        } else {
            // A program of another version may have taken what this one does not know.
            preview.state = PreviewState::Failed;
        }
        let now = self.now();
        preview.ended_at = Some(now);
        let audit = self.audit();
        let end = move |tx: &mut Tx<'_>| {
            let is_newest = tx.put_lifecycle_preview(repository, &preview, preview.turn)?;
            match &told {
                Some((document, numbers)) if is_newest => {
                    tell(tx, audit, (repository, preview.turn), (&**document, *numbers), now)
                }
                Some(_) | None => Ok(()),
            }
        };
        let ended: Result<(), DbError> = self.db.write(end).await;
        ended?;
        Ok(Outcome::Again(now.plus(RESULTS_LIFE)))
    }

    /// Writes the results of a run. Returns how many images would expire, and how many move;
    /// `None` if another run has begun.
    async fn write_results(
        &self,
        repository: RepositoryKey,
        turn: i64,
        taken: Vec<Taken>,
    ) -> Result<Option<(u64, u64)>, Failure> {
        let (mut expiring, mut transitioning) = (0, 0);
        let mut place = 0;
        for some in taken.chunks(BATCH as usize) {
            let some = some.to_vec();
            let write = move |tx: &mut Tx<'_>| write_some(tx, repository, turn, place, &some);
            let written: Result<_, DbError> = self.db.write(write).await;
            let Some((expire, transition)) = written? else { return Ok(None) };
            expiring += expire;
            transitioning += transition;
            place = expiring + transitioning;
        }
        Ok(Some((expiring, transitioning)))
    }
}

fn take_turn(tx: &mut Tx<'_>, repository: RepositoryKey, now: Timestamp) -> Result<Next, DbError> {
    if tx.find_repository_by_key(repository)?.is_none() {
        return Ok(Next::Nothing);
    }
    let Some(mut preview) = tx.find_lifecycle_preview(repository)? else {
        return Ok(Next::Nothing);
    };
    let next_turn = preview.turn + 1;
    match preview.state {
        PreviewState::InProgress => {
            tx.put_lifecycle_preview(repository, &preview, next_turn)?;
            preview.turn = next_turn;
            Ok(Next::Make(preview))
        }
        PreviewState::Complete => {
            let until = preview.ended_at.unwrap_or(preview.started_at).plus(RESULTS_LIFE);
            if until > now {
                return Ok(Next::Wait(until));
            }
            // The results of the run before are from now on those of an old one.
            preview.state = PreviewState::Expired;
            tx.put_lifecycle_preview(repository, &preview, next_turn)?;
            preview.turn = next_turn;
            Ok(Next::Clear(preview))
        }
        PreviewState::Expired | PreviewState::Failed => Ok(Next::Clear(preview)),
    }
}

/// Tells what a preview found.
fn tell(
    tx: &mut Tx<'_>,
    audit: Audit,
    (repository, turn): (RepositoryKey, i64),
    (document, numbers): (&Document, Numbers),
    now: Timestamp,
) -> Result<(), DbError> {
    let Some((registry, name)) = tx.find_registry_of(repository)? else { return Ok(()) };
    let arn = RepositoryArn { registry, repository: name };
    let own = tx.find_lifecycle_policy(repository)?;
    let own = own.filter(|own| own.document == document.canonical());
    let found = tx.list_previewed_images(repository, turn, TagStatus::Any, None, BATCH)?;
    let images: Vec<Told> = found.iter().map(Told::previewed).collect();
    let policy = EventPolicy { document, stored: own.as_ref() };
    events::write(tx, audit, EVENT, (&arn, &policy), numbers, &images, now)
}

/// Writes results from this place on, of the images that are still there. Returns how many would
/// expire, and how many move; `None` if another run has begun.
fn write_some(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    turn: i64,
    first: u64,
    taken: &[Taken],
) -> Result<Option<(u64, u64)>, DbError> {
    let preview = tx.find_lifecycle_preview(repository)?;
    if preview.is_none_or(|preview| preview.turn != turn) {
        return Ok(None);
    }
    let keys: Vec<_> = taken.iter().map(|taken| taken.key).collect();
    let mut images = tx.find_lifecycle_images(&keys)?.into_iter().peekable();
    let (mut expiring, mut transitioning) = (0, 0);
    let mut results = Vec::with_capacity(taken.len());
    for taken in taken {
        let Some(image) = images.next_if(|image| image.key == taken.key) else { continue };
        let place = first + expiring + transitioning;
        let action = match taken.action {
            Action::Expire => LifecycleAction::Expire,
            Action::Transition => LifecycleAction::Transition,
        };
        match action {
            LifecycleAction::Expire => expiring += 1,
            LifecycleAction::Transition => transitioning += 1,
        }
        let storage_class = match image.status {
            ImageStatus::Active | ImageStatus::Activating => StorageClass::Standard,
            ImageStatus::Archived => StorageClass::Archive,
        };
        results.push(PreviewedImage {
            place,
            digest: image.digest,
            tags: image.tags,
            pushed_at: image.pushed_at,
            storage_class,
            rule: taken.rule,
            action,
        });
    }
    tx.insert_previewed_images(repository, turn, &results)?;
    Ok(Some((expiring, transitioning)))
}
