//! Removes an image, or one of its tags: shared by every kind of deletion.

use std::collections::{BTreeSet, HashSet};
use std::slice;

use db::{BlobKey, DbError, DeletionCause, Image, ImageKey, ImageRecord, Repository, TagMover, Tx};
use names::{Digest, ImageStatus, ImageTag, ObjectKey, Timestamp};

use super::recording::drop_record;
use super::undo::{self, Undo};
use crate::archive_storage::Archiving;
use crate::events::Events;
use crate::events::image_action::{self, ImageAction};
use crate::jobs::delete_referrers::delete_referrers_later;
use crate::jobs::forget_inventory::ForgetInventory;
use crate::jobs::move_blob::MoveBlob;
use crate::jobs::record_image::drop_objects;
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
    /// Whether it is told.
    pub(crate) events: Events,
    /// Whether its referrers are to follow: they need not where they go anyway.
    pub(crate) referrers_follow: bool,
}

impl Operations {
    /// What a removal has to do besides, by its cause and by what moves the tags.
    pub(crate) fn removing(&self, cause: DeletionCause, mover: Option<TagMover>) -> Removing {
        let window = self.undo_window;
        let undo = (!window.is_zero()).then_some(Undo { window, cause });
        let (archiving, events) = (self.archiving(), self.events());
        Removing { archiving, undo, mover, events, referrers_follow: true }
    }
}

/// Removes a tag from an image, queues the deletion of its record, and tells it.
pub(crate) fn delete_tag(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    tag: &ImageTag,
    removing: &Removing,
    now: Timestamp,
) -> Result<(), Failure> {
    drop_record(tx, repository, image.key, tag, now)?;
    let (named, mover) = ((image.key, &image.digest), removing.mover.as_ref());
    tx.delete_tag(repository.key, tag, named, mover)?;
    let deleted = (ImageAction::Delete, &image.digest, Some(tag));
    Ok(image_action::write(tx, repository, deleted, (removing.events, now))?)
}

/// How many images are deleted together, so that their rows are asked for together.
pub(crate) const IMAGES_TOGETHER: usize = 12;

/// What was removed with an image.
pub(crate) struct Removed {
    /// The image under each of its tags, or without a tag.
    pub(crate) deleted: Vec<DeletedImage>,
    /// How many layers it had.
    pub(crate) layers: usize,
}

/// Deletes an image, its tags and its records, and queues reviews of its layers: any of them may
/// have lost its last image, and is kept until its lease has expired. Its referrers follow.
pub(crate) fn delete_whole_image(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    removing: &Removing,
    now: Timestamp,
) -> Result<Removed, Failure> {
    let mut removed = delete_whole_images(tx, repository, slice::from_ref(image), removing, now)?;
    Ok(removed.pop().expect("of each image"))
}

/// The same for several, whose rows are asked for together. Returns what was removed with each, in
/// their order.
pub(crate) fn delete_whole_images(
    tx: &mut Tx<'_>,
    repository: &Repository,
    images: &[Image],
    removing: &Removing,
    now: Timestamp,
) -> Result<Vec<Removed>, Failure> {
    let keys: Vec<ImageKey> = images.iter().map(|image| image.key).collect();
    let digests: Vec<&Digest> = images.iter().map(|image| &image.digest).collect();
    let tags = tx.list_tags_of_each(&keys)?;
    let layers = tx.list_blobs_of_each(&keys)?;
    let records: Vec<ImageRecord> = tx.list_records_of_each(&keys)?.into_iter().flatten().collect();
    let objects: Vec<&ObjectKey> = records.iter().map(|record| &record.object).collect();
    drop_objects(tx, &objects, now)?;
    let have_referrers = if removing.referrers_follow {
        tx.have_referrers(repository.key, &digests)?
    } else {
        vec![false; images.len()]
    };
    for (place, image) in images.iter().enumerate() {
        let (tags, layers) = (&tags[place], &layers[place]);
        delete_rows(tx, repository, image, (tags, layers), removing, now)?;
        tell(tx, repository, image, tags, (removing.events, now))?;
        if have_referrers[place] {
            delete_referrers_later(tx, repository.key, &image.digest, now)?;
        }
    }
    let named = review(tx, repository, layers.iter().flatten(), now)?;
    // If only archived images are left, the bytes belong in the archive storage.
    if removing.archiving == Archiving::Apart {
        let was_archived = |image: &Image| image.status == ImageStatus::Archived;
        let of_others = images.iter().zip(&layers).filter(|(image, _)| !was_archived(image));
        let of_others: HashSet<&Digest> = of_others.flat_map(|(_, layers)| layers).collect();
        for (_, blob) in named.iter().filter(|(digest, _)| of_others.contains(digest)) {
            jobs::enqueue(tx, &MoveBlob::new(*blob), now, now)?;
        }
    }
    let removed = images.iter().zip(tags).zip(&layers).map(|((image, tags), layers)| Removed {
        deleted: under_each_tag(image, tags),
        layers: layers.len(),
    });
    Ok(removed.collect())
}

/// Deletes what is the image's alone. If it can be restored, it is kept in another place.
fn delete_rows(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    (tags, layers): (&[ImageTag], &[Digest]),
    removing: &Removing,
    now: Timestamp,
) -> Result<(), Failure> {
    let (key, named) = (repository.key, (image.key, &image.digest));
    tx.delete_tags_of(key, named, tags, removing.mover.as_ref())?;
    if let Some(undo) = removing.undo {
        undo::keep(tx, repository, image, undo, (tags, layers), now)?;
    }
    if image.has_scans {
        tx.delete_image_scans(image.key)?;
        jobs::enqueue(tx, &ForgetInventory { image: image.key.0 }, now, now)?;
    }
    Ok(tx.delete_image(image.key)?)
}

/// Tells that the image is gone, under each of its tags or without one.
fn tell(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    tags: &[ImageTag],
    at: (Events, Timestamp),
) -> Result<(), Failure> {
    let deleted = |tag| (ImageAction::Delete, &image.digest, tag);
    if tags.is_empty() {
        return Ok(image_action::write(tx, repository, deleted(None), at)?);
    }
    for tag in tags {
        image_action::write(tx, repository, deleted(Some(tag)), at)?;
    }
    Ok(())
}

fn under_each_tag(image: &Image, tags: Vec<ImageTag>) -> Vec<DeletedImage> {
    let deleted = |tag| DeletedImage { digest: image.digest.clone(), tag };
    if tags.is_empty() {
        return vec![deleted(None)];
    }
    tags.into_iter().map(|tag| deleted(Some(tag))).collect()
}

/// Queues reviews of the layers that no image names any more. Returns the others.
fn review<'a>(
    tx: &mut Tx<'_>,
    repository: &Repository,
    layers: impl Iterator<Item = &'a Digest>,
    now: Timestamp,
) -> Result<Vec<(&'a Digest, BlobKey)>, DbError> {
    // Images share layers.
    let digests: Vec<&Digest> = layers.collect::<BTreeSet<_>>().into_iter().collect();
    let found = tx.find_attached_blobs(repository.key, &digests)?;
    let mut named = Vec::new();
    for (digest, found) in digests.into_iter().zip(found) {
        let Some(found) = found else { continue };
        if found.referenced {
            named.push((digest, found.blob));
            continue;
        }
        let job = ReviewRepositoryBlob::new(repository.key, digest);
        jobs::enqueue(tx, &job, found.lease_until.max(now), now)?;
    }
    Ok(named)
}
