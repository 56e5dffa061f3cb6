//! Moves a blob's bytes to where they belong: to the archive storage if only archived images refer
//! to it, and back if another does.
//!
//! It waits until the leases of all repositories are over, because a client may have been told that
//! it need not push the layer. Without an archive storage, or when the bytes are where they belong,
//! it does nothing. `layer/moving.rs` says what a crash leaves.

use db::{BlobKey, DbError, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::StorageClass;
use serde::{Deserialize, Serialize};

use crate::archive_storage::Archiving;
use crate::layer::moving::{Belongs, place_of};
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct MoveBlob {
    blob: i64,
}

impl Job for MoveBlob {
    const NAME: &'static str = "move_blob";
    const LANE: Lane = Lane::Archiving;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.blob.to_string()
    }
}

impl MoveBlob {
    pub(crate) fn new(blob: BlobKey) -> Self {
        Self { blob: blob.0 }
    }
}

impl Operations {
    pub(super) async fn move_blob(&self, job: MoveBlob) -> Result<Outcome, Failure> {
        let (key, now) = (BlobKey(job.blob), self.now());
        if self.archiving() == Archiving::InPlace {
            return Ok(Outcome::Done);
        }
        let read = move |tx: &mut Tx<'_>| {
            let Some(blob) = tx.find_blob_by_key(key)? else { return Ok(None) };
            Ok::<_, DbError>(Some((blob.storage_class, tx.find_blob_need(key)?)))
        };
        let Some((class, need)) = self.db.read(read).await? else { return Ok(Outcome::Done) };
        match (place_of(need, now), class) {
            (Belongs::ArchivedAfter(until), StorageClass::Standard) => {
                return Ok(Outcome::Again(until));
            }
            (Belongs::In(target), _) => self.move_blob_to(key, target).await?,
            (Belongs::ArchivedAfter(_) | Belongs::Nowhere, _) => {}
        }
        Ok(Outcome::Done)
    }
}
