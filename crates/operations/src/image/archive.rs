//! Moves images between the archive and where they can be pulled from.
//!
//! * An image that an index refers to is archived only after the index: a client that pulls
//!   the index needs it.
//! * An archived image keeps its layers, as any image does. If there is an archive storage, their
//!   bytes move there later, and an image whose bytes are there is restored by a job that brings
//!   them back first.
//! * Referrers follow their subject, by a job that is queued with its move.
//! * The end of a restore is told as CloudTrail's `ImageActivationEvent`, in its transaction.

use db::{DbError, Image, ImageKey, RepositoryKey, Tx};
use names::{Digest, ImageStatus, RepositoryArn, StorageClass, Timestamp, Uuid};
use serde::Serialize;

use crate::audit::Audit;
use crate::audit::service_event::ServiceEvent;
use crate::events::{Events, image_action};
use crate::jobs::follow_subject::FollowSubject;
use crate::jobs::restore_image::RestoreImage;
use crate::scanning;
use crate::telling::Telling;

/// How many indexes a refusal names.
pub(crate) const PARENTS_NAMED_MAX: u32 = 100;

/// Archives an image that can be pulled. Returns the indexes that forbid it, if there are any.
pub(crate) fn archive(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    image: ImageKey,
    digest: &Digest,
    (events, now): (Events, Timestamp),
) -> Result<Vec<Digest>, DbError> {
    let parents = tx.list_parents_in_use(repository, digest, PARENTS_NAMED_MAX)?;
    if parents.is_empty() {
        tx.archive_image(image, now)?;
        image_action::write_move(tx, image, StorageClass::Archive, (events, now))?;
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

/// Restores an image of this status that cannot be pulled: at once, unless bytes of it are in the
/// archive storage.
pub(crate) fn restore(
    tx: &mut Tx<'_>,
    image: ImageKey,
    status: ImageStatus,
    (telling, now): (Telling, Timestamp),
) -> Result<(), DbError> {
    if tx.list_archived_blobs(image)?.is_empty() {
        return activate(tx, image, (telling, now));
    }
    match status {
        ImageStatus::Archived => begin_restoring(tx, image, now),
        // Its job is queued.
        ImageStatus::Activating | ImageStatus::Active => Ok(()),
    }
}

/// Makes an image pullable that was pushed again, or whose restoring ends.
pub(crate) fn activate(
    tx: &mut Tx<'_>,
    image: ImageKey,
    (telling, now): (Telling, Timestamp),
) -> Result<(), DbError> {
    tx.activate_image(image, now)?;
    scanning::requesting::resume(tx, image, now)?;
    jobs::enqueue(tx, &FollowSubject { image: image.0 }, now, now)?;
    image_action::write_move(tx, image, StorageClass::Standard, (telling.events, now))?;
    tell_activation(tx, image, telling.audit, now)
}

/// The `serviceEventDetails` of a restore that ended.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Activation {
    repository_name: String,
    image_digest: String,
    target_storage_class: &'static str,
    result: &'static str,
    image_status: &'static str,
}

fn tell_activation(
    tx: &mut Tx<'_>,
    image: ImageKey,
    audit: Audit,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some((repository, digest, status)) = tx.find_image_status(image)? else { return Ok(()) };
    let Some((registry, repository)) = tx.find_registry_of(repository)? else { return Ok(()) };
    let details = Activation {
        repository_name: repository.to_string(),
        image_digest: digest.to_string(),
        target_storage_class: "STANDARD",
        result: "SUCCESS",
        image_status: status.as_str(),
    };
    let arn = RepositoryArn { registry, repository };
    let name = "ImageActivationEvent";
    let event = ServiceEvent { name, repository: &arn, details, additional: None };
    event.write(tx, audit, Uuid::from_random(keys::random()), now)
}

/// Restores an image that a push brings again, if it was archived. Returns whether it was.
pub(crate) fn restore_pushed(
    tx: &mut Tx<'_>,
    image: &Image,
    at: (Telling, Timestamp),
) -> Result<bool, DbError> {
    let is_archived = image.status != ImageStatus::Active;
    if is_archived {
        restore(tx, image.key, image.status, at)?;
    }
    Ok(is_archived)
}
