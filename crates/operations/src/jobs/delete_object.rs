//! Deletes an object that no row names any more.

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
            self.blobs.delete(&object).await?;
        }
        Ok(Outcome::Done)
    }
}
