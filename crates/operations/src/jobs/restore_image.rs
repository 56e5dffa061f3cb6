//! Restores an archived image: brings its bytes back from the archive storage, if they are there,
//! and then lets it be pulled.
//!
//! An image that was deleted meanwhile, or pushed again, needs nothing. A crash leaves the image
//! ACTIVATING, with those layers in the store that were brought back so far, and the job runs
//! again.

use db::{DbError, ImageKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{ImageStatus, StorageClass};
use serde::{Deserialize, Serialize};

use crate::image::archive::activate;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct RestoreImage {
    pub(crate) image: i64,
}

impl Job for RestoreImage {
    const NAME: &'static str = "restore_image";
    const LANE: Lane = Lane::Archiving;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.image.to_string()
    }

    fn cause(&self) -> String {
        self.image.to_string()
    }
}

impl Operations {
    pub(super) async fn restore_archived_image(
        &self,
        job: RestoreImage,
    ) -> Result<Outcome, Failure> {
        let image = ImageKey(job.image);
        let look = move |tx: &mut Tx<'_>| match tx.find_image_status(image)? {
            Some((_, _, ImageStatus::Activating)) => tx.list_archived_blobs(image),
            Some(_) | None => Ok(Vec::new()),
        };
        let archived: Result<_, DbError> = self.db.read(look).await;
        for blob in archived? {
            self.move_blob_to(blob, StorageClass::Standard).await?;
        }
        let (telling, now) = (self.telling(), self.now());
        let end = move |tx: &mut Tx<'_>| {
            let found = tx.find_image_status(image)?;
            if found.is_none_or(|(_, _, status)| status != ImageStatus::Activating) {
                return Ok(Outcome::Done);
            }
            if !tx.list_archived_blobs(image)?.is_empty() {
                // Another run moved one of them at the same time.
                return Ok(Outcome::Again(now));
            }
            activate(tx, image, (telling, now))?;
            Ok(Outcome::Done)
        };
        let restored: Result<_, DbError> = self.db.write(end).await;
        Ok(restored?)
    }
}
