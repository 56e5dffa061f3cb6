//! Deletes an object that no row names any more.
//!
//! A request that died may have left bytes on their way to the store, and a request on another node
//! may still be writing: the file of a cancelled upload may appear after it was deleted. Such an
//! object is deleted a second time, [`GRACE`] later.
//!
//! A run that pauses at any point and wakes does no harm: keys are never used again, and a job is
//! queued only for an object that no row can come to name any more. The one exception is the object
//! that an upload is being moved to, whose job is a precaution; pointing a row at it fails once a
//! run has begun.
//!
//! If deleted objects are to be kept for a while, the first run queues another one for later.
//!
//! Nothing is deleted while a backup copies objects: `backup/hold.rs` says why that is enough.

use std::sync::atomic::Ordering;

use db::DbError;
use futures_util::{StreamExt, TryStreamExt, stream};
use jobs::{Job, Lane, Moves, Outcome};
use names::{ObjectKey, StorageClass, Timestamp};
use serde::{Deserialize, Serialize};

use super::GRACE;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeleteObject {
    object: String,
    /// Deleted again then, in microseconds.
    again_at: Option<i64>,
    /// Kept until then, in microseconds, so that rows of an earlier moment can be restored.
    #[serde(default)]
    kept_until: Option<i64>,
    /// Whether it is in the archive storage.
    #[serde(default)]
    is_archived: bool,
}

impl Job for DeleteObject {
    const NAME: &'static str = "delete_object";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::Never;

    fn subject(&self) -> String {
        self.object.clone()
    }
}

impl DeleteObject {
    pub(crate) fn new(object: &ObjectKey) -> Self {
        let object = object.as_str().to_owned();
        Self { object, again_at: None, kept_until: None, is_archived: false }
    }

    /// For an object in this place.
    pub(crate) fn of(self, class: StorageClass) -> Self {
        Self { is_archived: class == StorageClass::Archive, ..self }
    }

    /// For an object that another node may still be writing to.
    pub(crate) fn twice(object: &ObjectKey, now: Timestamp) -> Self {
        Self { again_at: Some(now.plus(GRACE).as_micros()), ..Self::new(object) }
    }
}

/// How many objects of one batch are being deleted at the same time.
const AT_ONCE: usize = 8;

impl Operations {
    pub(super) async fn delete_objects(
        &self,
        jobs: Vec<DeleteObject>,
    ) -> Result<Vec<Outcome>, Failure> {
        let now = self.now();
        let held: Result<_, DbError> = self.db.read(move |tx| tx.find_deletion_hold(now)).await;
        if let Some(held_until) = held? {
            return Ok(vec![Outcome::Again(held_until); jobs.len()]);
        }
        let deletions = jobs.into_iter().map(|job| self.delete_object(job, now));
        stream::iter(deletions).buffered(AT_ONCE).try_collect().await
    }

    async fn delete_object(&self, job: DeleteObject, now: Timestamp) -> Result<Outcome, Failure> {
        if !self.keep_deleted.is_zero() && job.kept_until.is_none() {
            return self.keep(job, now).await;
        }
        if let Ok(object) = ObjectKey::parse(&job.object) {
            let class =
                if job.is_archived { StorageClass::Archive } else { StorageClass::Standard };
            let blobs = self.blobs_of(class)?;
            let size = blobs.inspect(&object).await.map_or(0, |stored| stored.size_bytes);
            blobs.delete(&object).await?;
            self.reclaimed.objects.fetch_add(1, Ordering::Relaxed);
            self.reclaimed.bytes.fetch_add(size, Ordering::Relaxed);
        }
        let again_at = job.again_at.map(Timestamp::from_micros);
        Ok(again_at.filter(|again_at| *again_at > self.now()).map_or(Outcome::Done, Outcome::Again))
    }

    /// Queues the same job again for later. That moves the fence, so that this run does not end it.
    async fn keep(&self, job: DeleteObject, now: Timestamp) -> Result<Outcome, Failure> {
        let kept_until = now.plus(self.keep_deleted);
        let later = DeleteObject { kept_until: Some(kept_until.as_micros()), ..job };
        self.db.write(move |tx| jobs::enqueue(tx, &later, kept_until, now)).await?;
        Ok(Outcome::Done)
    }
}
