//! Has the bytes of all archived images moved to the archive storage, after one was configured for
//! the first time.
//!
//! It goes through all images by their keys, some in each transaction, and queues a job for each
//! blob of those that are archived. A crash leaves some of the jobs queued, and it runs again from
//! the start.

use db::{DbError, ImageKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{ImageStatus, Timestamp};
use serde::{Deserialize, Serialize};

use super::move_blob::MoveBlob;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct MoveArchivedBytes {}

impl Job for MoveArchivedBytes {
    const NAME: &'static str = "move_archived_bytes";
    const LANE: Lane = Lane::Archiving;
    const MOVES: Moves = Moves::Never;

    fn subject(&self) -> String {
        "all".to_owned()
    }
}

/// How many images are looked at together.
const PAGE: u32 = 256;

/// Of how many images one transaction queues the blobs: others wait for it no longer than that.
const BATCH: usize = 16;

impl Operations {
    pub(super) async fn move_archived_bytes(
        &self,
        MoveArchivedBytes {}: MoveArchivedBytes,
    ) -> Result<Outcome, Failure> {
        let mut after = None;
        loop {
            let page = self.db.read(move |tx| tx.list_all_images(after, PAGE)).await;
            let page = page.map_err(Failure::from)?;
            let Some((_, last)) = page.last() else { return Ok(Outcome::Done) };
            after = Some(last.key);
            let archived = page.iter().filter(|(_, image)| image.status == ImageStatus::Archived);
            let archived: Vec<ImageKey> = archived.map(|(_, image)| image.key).collect();
            for some in archived.chunks(BATCH) {
                let (some, now) = (some.to_vec(), self.now());
                let queue = move |tx: &mut Tx<'_>| {
                    some.iter().try_for_each(|image| move_blobs_of(tx, *image, now))
                };
                self.db.write(queue).await?;
            }
        }
    }
}

/// Queues a job for each blob of an image: it may belong elsewhere now.
pub(crate) fn move_blobs_of(
    tx: &mut Tx<'_>,
    image: ImageKey,
    now: Timestamp,
) -> Result<(), DbError> {
    for blob in tx.list_blobs_of_image(image)? {
        jobs::enqueue(tx, &MoveBlob::new(blob), now, now)?;
    }
    Ok(())
}
