//! Deletes an object that no row names any more.
//!
//! A request that died may have left bytes on their way to the store, and one on another node may still be writing:
//! the file of an upload that was cancelled may appear after it was deleted. Such an object is deleted a second time,
//! [`GRACE`] later.
//!
//! A run that pauses at any point and wakes does no harm: keys are never used again, and a job is queued only for an object
//! that no row can come to name any more. The one exception is the object that an upload is being moved to, whose job is a
//! precaution; pointing a row at it fails once a run has begun.

use std::sync::atomic::Ordering;

use jobs::{Job, Lane, Outcome};
use names::{ObjectKey, Timestamp};
use serde::{Deserialize, Serialize};

use super::GRACE;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeleteObject {
    object: String,
    /// Deleted again then, in microseconds.
    again_at: Option<i64>,
}

impl Job for DeleteObject {
    const NAME: &'static str = "delete_object";
    const LANE: Lane = Lane::Reclaiming;

    fn subject(&self) -> String {
        self.object.clone()
    }
}

impl DeleteObject {
    pub(crate) fn new(object: &ObjectKey) -> Self {
        Self { object: object.as_str().to_owned(), again_at: None }
    }

    /// For an object that somebody may still be writing to.
    pub(crate) fn twice(object: &ObjectKey, now: Timestamp) -> Self {
        Self { again_at: Some(now.plus(GRACE).as_micros()), ..Self::new(object) }
    }
}

impl Operations {
    pub(super) async fn delete_object(&self, job: DeleteObject) -> Result<Outcome, Failure> {
        if let Ok(object) = ObjectKey::parse(&job.object) {
            let size = self.blobs.inspect(&object).await.map_or(0, |stored| stored.size_bytes);
            self.blobs.delete(&object).await?;
            self.reclaimed.objects.fetch_add(1, Ordering::Relaxed);
            self.reclaimed.bytes.fetch_add(size, Ordering::Relaxed);
        }
        let again_at = job.again_at.map(Timestamp::from_micros);
        Ok(again_at.filter(|again_at| *again_at > self.now()).map_or(Outcome::Done, Outcome::Again))
    }
}
