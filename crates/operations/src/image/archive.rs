//! Moves images between the archive and where they can be pulled from.
//!
//! * An image that an index refers to is archived only after the index: a client that pulls
//!   the index needs it.
//! * Bytes stay where they are. An archived image keeps its layers, as any image does.
//! * Referrers follow their subject, by a job that is queued with its move.

use db::{DbError, Image, ImageKey, RepositoryKey, Tx};
use names::{Digest, ImageStatus, Timestamp};

use crate::jobs::follow_subject::FollowSubject;
use crate::jobs::restore_image::RestoreImage;

/// How many indexes a refusal names.
const PARENTS_NAMED_MAX: u32 = 100;

/// Archives an image that can be pulled. Returns the indexes that forbid it, if there are any.
pub(crate) fn archive(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    image: ImageKey,
    digest: &Digest,
    now: Timestamp,
) -> Result<Vec<Digest>, DbError> {
    let parents = tx.list_parents_in_use(repository, digest, PARENTS_NAMED_MAX)?;
    if parents.is_empty() {
        tx.archive_image(image, now)?;
        jobs::enqueue(tx, &FollowSubject { image: image.0 }, now, now)?;
    }
    Ok(parents)
}

/// Begins to restore an archived image.
pub(crate) fn begin_restoring(
    tx: &mut Tx<'_>,
    image: ImageKey,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.begin_activation(image)?;
    jobs::enqueue(tx, &RestoreImage { image: image.0 }, now, now)
}

/// Makes an image pullable that was pushed again, or whose restoring ends.
pub(crate) fn activate(tx: &mut Tx<'_>, image: ImageKey, now: Timestamp) -> Result<(), DbError> {
    tx.activate_image(image, now)?;
    jobs::enqueue(tx, &FollowSubject { image: image.0 }, now, now)
}

/// Restores an image that a push brings again, if it was archived. Returns whether it was.
pub(crate) fn restore_pushed(
    tx: &mut Tx<'_>,
    image: &Image,
    now: Timestamp,
) -> Result<bool, DbError> {
    let is_archived = image.status != ImageStatus::Active;
    if is_archived {
        activate(tx, image.key, now)?;
    }
    Ok(is_archived)
}
