//! Condemns a blob that no repository has a right to, and deletes its row [`GRACE`] later if that
//! is still so. If there is an archive storage, a blob that others have a right to may belong there
//! now.

use db::{Blob, BlobKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::Timestamp;
use serde::{Deserialize, Serialize};

use super::GRACE;
use super::delete_object::DeleteObject;
use super::move_blob::MoveBlob;
use crate::archive_storage::Archiving;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ReclaimBlob {
    blob: i64,
}

impl Job for ReclaimBlob {
    const NAME: &'static str = "reclaim_blob";
    const LANE: Lane = Lane::Reclaiming;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.blob.to_string()
    }
}

impl ReclaimBlob {
    pub(crate) fn new(blob: BlobKey) -> Self {
        Self { blob: blob.0 }
    }
}

impl Operations {
    pub(super) async fn reclaim_blobs(
        &self,
        jobs: Vec<ReclaimBlob>,
    ) -> Result<Vec<Outcome>, Failure> {
        let (now, archiving) = (self.now(), self.archiving());
        let keys: Vec<BlobKey> = jobs.iter().map(|job| BlobKey(job.blob)).collect();
        let reclaim = move |tx: &mut Tx<'_>| {
            let found = tx.find_blobs_by_key(&keys)?.into_iter().zip(tx.blobs_are_attached(&keys)?);
            found
                .map(|(blob, is_attached)| reclaim(tx, blob, is_attached, archiving, now))
                .collect()
        };
        self.db.write(reclaim).await
    }
}

fn reclaim(
    tx: &mut Tx<'_>,
    blob: Option<Blob>,
    is_attached: bool,
    archiving: Archiving,
    now: Timestamp,
) -> Result<Outcome, Failure> {
    let Some(blob) = blob else { return Ok(Outcome::Done) };
    let key = blob.key;
    if is_attached {
        if blob.condemned_at.is_some() {
            tx.revive_blob(key)?;
        }
        if archiving == Archiving::Apart {
            jobs::enqueue(tx, &MoveBlob::new(key), now, now)?;
        }
        return Ok(Outcome::Done);
    }
    let Some(condemned_at) = blob.condemned_at else {
        tx.condemn_blob(key, now)?;
        return Ok(Outcome::Again(now.plus(GRACE)));
    };
    let due_at = condemned_at.plus(GRACE);
    if due_at > now {
        return Ok(Outcome::Again(due_at));
    }
    tx.delete_blob(&blob)?;
    let job = DeleteObject::of_blob(&blob);
    jobs::enqueue(tx, &job, now, now)?;
    Ok(Outcome::Done)
}
