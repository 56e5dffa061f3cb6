//! Archives or restores the referrers of an image that was archived or restored. If there is an
//! archive storage, the bytes of an archived image are to follow, too.
//!
//! It goes through the referrers in small transactions, and reads the status of the image again in
//! each: if that has changed back, the job that the change queued does the rest. A referrer that an
//! index refers to stays while the index can be pulled. A crash leaves some of them unchanged, and
//! the job runs again.

use db::{DbError, ImageKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{ImageStatus, Timestamp};
use serde::{Deserialize, Serialize};

use super::move_archived_bytes::move_blobs_of;
use crate::archive_storage::Archiving;
use crate::image::archive::{archive, restore};
use crate::telling::Telling;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct FollowSubject {
    pub(crate) image: i64,
}

impl Job for FollowSubject {
    const NAME: &'static str = "follow_subject";
    const LANE: Lane = Lane::Lifecycle;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.image.to_string()
    }

    fn cause(&self) -> String {
        self.image.to_string()
    }
}

/// How many referrers one transaction looks at: others wait for it no longer than that.
const BATCH: u32 = 100;

impl Operations {
    pub(super) async fn follow_subject(&self, job: FollowSubject) -> Result<Outcome, Failure> {
        let (image, telling, now) = (ImageKey(job.image), self.telling(), self.now());
        if self.archiving() == Archiving::Apart {
            let move_bytes = move |tx: &mut Tx<'_>| match tx.find_image_status(image)? {
                Some((_, _, ImageStatus::Archived)) => move_blobs_of(tx, image, now),
                Some(_) | None => Ok(()),
            };
            let queued: Result<_, DbError> = self.db.write(move_bytes).await;
            queued?;
        }
        let mut after = None;
        loop {
            let follow = move |tx: &mut Tx<'_>| follow_some(tx, image, after, (telling, now));
            let last: Result<_, DbError> = self.db.write(follow).await;
            after = last?;
            if after.is_none() {
                return Ok(Outcome::Done);
            }
        }
    }
}

/// Moves some referrers. Returns the last of them if there may be more.
fn follow_some(
    tx: &mut Tx<'_>,
    subject: ImageKey,
    after: Option<ImageKey>,
    (telling, now): (Telling, Timestamp),
) -> Result<Option<ImageKey>, DbError> {
    let Some((repository, digest, status)) = tx.find_image_status(subject)? else {
        return Ok(None);
    };
    let referrers = tx.list_referrers(repository, &digest, after, BATCH)?;
    for referrer in &referrers {
        match (status, referrer.status) {
            (ImageStatus::Archived, ImageStatus::Active) => {
                let Some((_, digest, _)) = tx.find_image_status(referrer.key)? else { continue };
                archive(tx, repository, referrer.key, &digest, (telling.events, now))?;
            }
            (ImageStatus::Active, ImageStatus::Archived | ImageStatus::Activating) => {
                restore(tx, referrer.key, referrer.status, (telling, now))?;
            }
            (ImageStatus::Active, ImageStatus::Active)
            | (ImageStatus::Archived, ImageStatus::Archived | ImageStatus::Activating)
            | (ImageStatus::Activating, _) => {}
        }
    }
    let last = referrers.last().map(|referrer| referrer.key);
    Ok(last.filter(|_| referrers.len() == BATCH as usize))
}
