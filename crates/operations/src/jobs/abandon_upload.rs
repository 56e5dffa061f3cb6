//! Ends an upload that received no bytes for [`UPLOAD_LIFE`]. A request that writes notes so in the
//! row while it runs, so it does not matter on which node it runs.

use jobs::{Job, Lane, Moves, Outcome};
use names::UploadId;
use serde::{Deserialize, Serialize};

use super::UPLOAD_LIFE;
use super::delete_object::DeleteObject;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct AbandonUpload {
    pub(crate) upload: String,
}

impl Job for AbandonUpload {
    const NAME: &'static str = "abandon_upload";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::Never;

    fn subject(&self) -> String {
        self.upload.clone()
    }
}

impl Operations {
    pub(super) async fn abandon_upload(&self, job: AbandonUpload) -> Result<Outcome, Failure> {
        let Ok(id) = UploadId::parse(&job.upload) else { return Ok(Outcome::Done) };
        let now = self.now();
        self.db
            .write(move |tx| {
                let Some((repository, updated_at)) = tx.find_upload_activity(&id)? else {
                    return Ok(Outcome::Done);
                };
                let due_at = updated_at.plus(UPLOAD_LIFE);
                if due_at > now {
                    return Ok(Outcome::Again(due_at));
                }
                if let Some(upload) = tx.find_upload(repository, &id)? {
                    tx.delete_upload(&id, upload.version)?;
                    jobs::enqueue(tx, &DeleteObject::twice(&upload.object, now), now, now)?;
                }
                Ok(Outcome::Done)
            })
            .await
    }
}
