//! Deletes an object that no row names any more.

use std::sync::atomic::Ordering;

use jobs::{Job, Lane, Outcome};
use names::ObjectKey;
use serde::{Deserialize, Serialize};

use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeleteObject {
    object: String,
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
        Self { object: object.as_str().to_owned() }
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
        Ok(Outcome::Done)
    }
}
