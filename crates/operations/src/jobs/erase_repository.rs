//! Erases the contents of a deleted repository, a batch at a time.
//!
//! No request can reach the repository any more: its name may already belong to another. Order in
//! each batch: images (their layers lose a reference), results of a preview, records of expiries,
//! images that could be restored, the history of tags, what is known of an upstream registry,
//! uploads, rights, and at last the row. A request that is writing to an upload finds no row when
//! it wants to record its progress, and queues its object for deletion.

use std::time::Instant;

use db::{Repository, RepositoryKey, TagStatus, Tx, Upload};
use jobs::{Job, Lane, Moves, Outcome};
use names::Timestamp;
use serde::{Deserialize, Serialize};

use super::abandon_upload::AbandonUpload;
use super::delete_object::DeleteObject;
use super::reclaim_blob::ReclaimBlob;
use super::review_repository_blob::ReviewRepositoryBlob;
use crate::events::Events;
use crate::image::removal::{IMAGES_TOGETHER, Removing, delete_whole_images};
use crate::operations::ROWS_AT_ONCE;
use crate::{Failure, ImageFilter, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct EraseRepository {
    pub(crate) repository: i64,
}

impl Job for EraseRepository {
    const NAME: &'static str = "erase_repository";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.repository.to_string()
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

/// How many rows of each kind one transaction deletes: others wait for it no longer than that.
const BATCH: u32 = 50;

/// The same for rows that nothing depends on.
const RESULTS_AT_ONCE: u32 = 500;

impl Operations {
    pub(super) async fn erase_repository(&self, job: EraseRepository) -> Result<Outcome, Failure> {
        let (key, removing, now) = (RepositoryKey(job.repository), self.erasing(), self.now());
        let erase = move |tx: &mut Tx<'_>| {
            let Some(repository) = tx.find_hidden_repository(key)? else {
                return Ok(Outcome::Done);
            };
            Ok::<_, Failure>(match erase_batch(tx, &repository, &removing, now)? {
                Erased::Some => Outcome::Again(now),
                Erased::Everything => {
                    tx.delete_repository(key)?;
                    Outcome::Done
                }
            })
        };
        let begun = Instant::now();
        let outcome = self.db.write(erase).await?;
        self.pace.rest(begun.elapsed()).await;
        Ok(outcome)
    }
}

impl Operations {
    /// What is erased cannot be restored, and its history goes with it, as do its referrers. No
    /// event tells of it.
    fn erasing(&self) -> Removing {
        let (archiving, events) = (self.archiving(), Events::Off);
        Removing { archiving, undo: None, mover: None, events, referrers_follow: false }
    }
}

/// The result of a batch.
enum Erased {
    /// Some of the rest.
    Some,
    /// Nothing was left.
    Everything,
}

fn erase_batch(
    tx: &mut Tx<'_>,
    repository: &Repository,
    removing: &Removing,
    now: Timestamp,
) -> Result<Erased, Failure> {
    let everything = ImageFilter { status: None, tags: TagStatus::Any };
    let images = tx.list_images(repository.key, everything, None, BATCH)?;
    let mut rows = 0;
    for some in images.chunks(IMAGES_TOGETHER) {
        let removed = delete_whole_images(tx, repository, some, removing, now)?;
        rows += removed.iter().map(|removed| removed.layers).sum::<usize>();
        if rows >= ROWS_AT_ONCE {
            break;
        }
    }
    if !images.is_empty() {
        return Ok(Erased::Some);
    }
    let ever = Timestamp::from_micros(i64::MAX);
    if tx.delete_previewed_images(repository.key, i64::MAX, RESULTS_AT_ONCE)?
        || tx.forget_expired_images(repository.key, ever, RESULTS_AT_ONCE)?
        || tx.delete_tag_moves(repository.key, RESULTS_AT_ONCE)?
        || tx.forget_upstream(repository.key, RESULTS_AT_ONCE)?
    {
        return Ok(Erased::Some);
    }
    let deleted = tx.list_ended_images(repository.key, ever, BATCH)?;
    if !deleted.is_empty() {
        deleted.iter().try_for_each(|image| tx.forget_deleted_image(image))?;
        return Ok(Erased::Some);
    }
    let uploads = tx.list_uploads(repository.key, BATCH)?;
    if !uploads.is_empty() {
        erase_uploads(tx, &uploads, now)?;
        return Ok(Erased::Some);
    }
    let blobs = tx.list_repository_blobs(repository.key, None, BATCH)?;
    for (digest, blob) in &blobs {
        tx.detach_blob(repository.key, digest)?;
        let review = ReviewRepositoryBlob::new(repository.key, digest);
        jobs::forget::<ReviewRepositoryBlob>(tx, &review.subject())?;
        jobs::enqueue(tx, &ReclaimBlob::new(*blob), now, now)?;
    }
    Ok(if blobs.is_empty() { Erased::Everything } else { Erased::Some })
}

fn erase_uploads(tx: &mut Tx<'_>, uploads: &[Upload], now: Timestamp) -> Result<(), Failure> {
    for upload in uploads {
        tx.delete_upload(&upload.id, upload.version)?;
        jobs::forget::<AbandonUpload>(tx, upload.id.as_str())?;
        jobs::enqueue(tx, &DeleteObject::twice(&upload.object, now), now, now)?;
    }
    Ok(())
}
