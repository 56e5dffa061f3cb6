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

use db::{Blob, DbError};
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
    /// The length of its content. Read from the object if it is not known.
    #[serde(default)]
    size_bytes: Option<u64>,
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
        Self { object, again_at: None, kept_until: None, is_archived: false, size_bytes: None }
    }

    /// For the object that holds a layer's bytes. A damaged one may have lost some.
    pub(crate) fn of_blob(blob: &Blob) -> Self {
        let size_bytes = blob.damaged_at.is_none().then_some(blob.size_bytes);
        Self { size_bytes, ..Self::new(&blob.object).of(blob.storage_class) }
    }

    /// For an object in this place.
    pub(crate) fn of(self, class: StorageClass) -> Self {
        Self { is_archived: class == StorageClass::Archive, ..self }
    }

    /// The object, if it is one: a key that is none names nothing.
    fn find(&self) -> Option<Due> {
        let object = ObjectKey::parse(&self.object).ok()?;
        let class = if self.is_archived { StorageClass::Archive } else { StorageClass::Standard };
        Some(Due { object, class, size_bytes: self.size_bytes })
    }

    /// For an object that another node may still be writing to.
    pub(crate) fn twice(object: &ObjectKey, now: Timestamp) -> Self {
        Self { again_at: Some(now.plus(GRACE).as_micros()), ..Self::new(object) }
    }
}

/// How many objects of one batch are being looked at at the same time.
const AT_ONCE: usize = 4;

/// An object whose time has come, and what is told of it.
struct Due {
    object: ObjectKey,
    class: StorageClass,
    size_bytes: Option<u64>,
}

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
        let is_kept = |job: &DeleteObject| !self.keep_deleted.is_zero() && job.kept_until.is_none();
        let due = jobs.iter().filter(|job| !is_kept(job)).filter_map(DeleteObject::find);
        let weighed: Vec<_> = due.map(|due| self.weigh(due)).collect();
        let due = stream::iter(weighed).buffered(AT_ONCE).try_collect().await?;
        self.delete_due(due).await?;
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            if is_kept(&job) {
                self.keep(job, now).await?;
                outcomes.push(Outcome::Done);
                continue;
            }
            let again_at = job.again_at.map(Timestamp::from_micros);
            let again_at = again_at.filter(|again_at| *again_at > self.now());
            outcomes.push(again_at.map_or(Outcome::Done, Outcome::Again));
        }
        Ok(outcomes)
    }

    /// Looks for the length of an object's content, if it is not known.
    async fn weigh(&self, due: Due) -> Result<Due, Failure> {
        if due.size_bytes.is_some() {
            return Ok(due);
        }
        let stored = self.blobs_of(due.class)?.inspect(&due.object).await;
        Ok(Due { size_bytes: stored.ok().map(|stored| stored.size_bytes), ..due })
    }

    async fn delete_due(&self, due: Vec<Due>) -> Result<(), Failure> {
        for class in [StorageClass::Standard, StorageClass::Archive] {
            let some = due.iter().filter(|due| due.class == class);
            let objects: Vec<ObjectKey> = some.clone().map(|due| due.object.clone()).collect();
            if objects.is_empty() {
                continue;
            }
            let count = objects.len() as u64;
            self.blobs_of(class)?.delete_each(objects).await?;
            self.reclaimed.objects.fetch_add(count, Ordering::Relaxed);
            let bytes = some.filter_map(|due| due.size_bytes).sum();
            self.reclaimed.bytes.fetch_add(bytes, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Queues the same job again for later. That moves the fence, so that this run does not end it.
    async fn keep(&self, job: DeleteObject, now: Timestamp) -> Result<(), Failure> {
        let kept_until = now.plus(self.keep_deleted);
        let later = DeleteObject { kept_until: Some(kept_until.as_micros()), ..job };
        Ok(self.db.write(move |tx| jobs::enqueue(tx, &later, kept_until, now)).await?)
    }
}
