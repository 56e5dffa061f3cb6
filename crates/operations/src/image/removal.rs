//! Removes an image, or one of its tags: shared by every kind of deletion.

use db::{BlobKey, DbError, DeletionCause, Image, Repository, TagMover, Tx};
use names::{Digest, ImageStatus, ImageTag, Timestamp};

use super::recording::drop_record;
use super::undo::{self, Undo};
use crate::archive_storage::Archiving;
use crate::jobs::delete_referrers::delete_referrers_later;
use crate::jobs::forget_inventory::ForgetInventory;
use crate::jobs::move_blob::MoveBlob;
use crate::jobs::record_image::drop_object;
use crate::jobs::review_repository_blob::ReviewRepositoryBlob;
use crate::{Failure, Operations};

/// What was deleted: an image and one of its tags, or an image without tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedImage {
    /// The image.
    pub digest: Digest,
    /// The tag.
    pub tag: Option<ImageTag>,
}

/// What a removal has to do besides.
#[derive(Debug)]
pub(crate) struct Removing {
    /// Where the bytes of archived images are.
    pub(crate) archiving: Archiving,
    /// How long the image can be restored, if it can.
    pub(crate) undo: Option<Undo>,
    /// What the history of its tags says moved them, if it is kept.
    pub(crate) mover: Option<TagMover>,
    /// Whether its referrers are to follow: they need not where they go anyway.
    pub(crate) referrers_follow: bool,
}

impl Operations {
    /// What a removal has to do besides, by its cause and by what moves the tags.
    pub(crate) fn removing(&self, cause: DeletionCause, mover: Option<TagMover>) -> Removing {
        let window = self.undo_window;
        let undo = (!window.is_zero()).then_some(Undo { window, cause });
        Removing { archiving: self.archiving(), undo, mover, referrers_follow: true }
    }
}

/// Removes a tag from an image, and queues the deletion of its record.
pub(crate) fn delete_tag(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    tag: &ImageTag,
    mover: Option<&TagMover>,
    now: Timestamp,
) -> Result<(), Failure> {
    drop_record(tx, repository, image.key, tag, now)?;
    Ok(tx.delete_tag(repository.key, tag, (image.key, &image.digest), mover)?)
}

/// Deletes an image, its tags and its records, and queues reviews of its layers: any of them may
/// have lost its last image, and is kept until its lease has expired. Its referrers follow.
pub(crate) fn delete_whole_image(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    removing: &Removing,
    now: Timestamp,
) -> Result<Vec<DeletedImage>, Failure> {
    delete_with_layers(tx, repository, image, removing, now).map(|(deleted, _)| deleted)
}

/// The same, and how many layers it had.
pub(crate) fn delete_with_layers(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    removing: &Removing,
    now: Timestamp,
) -> Result<(Vec<DeletedImage>, usize), Failure> {
    let tags = tx.list_tags_of(image.key)?;
    for record in tx.list_image_records(image.key)? {
        drop_object(tx, &record.object, now)?;
    }
    for tag in &tags {
        tx.delete_tag(repository.key, tag, (image.key, &image.digest), removing.mover.as_ref())?;
    }
    let blobs = tx.list_image_blobs(image.key)?;
    if let Some(undo) = removing.undo {
        undo::keep(tx, repository, image, undo, (&tags, &blobs), now)?;
    }
    if image.has_scans {
        tx.delete_image_scans(image.key)?;
        jobs::enqueue(tx, &ForgetInventory { image: image.key.0 }, now, now)?;
    }
    tx.delete_image(image.key)?;
    if removing.referrers_follow {
        delete_referrers_later(tx, repository.key, &image.digest, now)?;
    }
    let layers = review(tx, repository, &blobs, now)?;
    // If only archived images are left, the bytes belong in the archive storage.
    if removing.archiving == Archiving::Apart && image.status != ImageStatus::Archived {
        for blob in layers {
            jobs::enqueue(tx, &MoveBlob::new(blob), now, now)?;
        }
    }
    let deleted = |tag| DeletedImage { digest: image.digest.clone(), tag };
    let deleted = if tags.is_empty() {
        vec![deleted(None)]
    } else {
        tags.into_iter().map(|tag| deleted(Some(tag))).collect()
    };
    Ok((deleted, blobs.len()))
}

/// Queues reviews of the layers that no image names any more. Returns the others.
fn review(
    tx: &mut Tx<'_>,
    repository: &Repository,
    digests: &[Digest],
    now: Timestamp,
) -> Result<Vec<BlobKey>, DbError> {
    let digests: Vec<&Digest> = digests.iter().collect();
    let found = tx.find_attached_blobs(repository.key, &digests)?;
    let mut named = Vec::new();
    for (digest, found) in digests.into_iter().zip(found) {
        let Some(found) = found else { continue };
        if found.referenced {
            named.push(found.blob);
            continue;
        }
        let job = ReviewRepositoryBlob::new(repository.key, digest);
        jobs::enqueue(tx, &job, found.lease_until.max(now), now)?;
    }
    Ok(named)
}
