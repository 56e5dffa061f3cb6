//! The undo window: for a while, what was deleted or expired can be restored.
//!
//! # Invariants
//! * A deleted image is kept in its own table, with its manifest, its tags and what it referred to.
//!   No other verb sees it: to them, it is gone.
//! * The leases of its repository's rights to its layers end no earlier than the window. So reviews
//!   find the layers protected by what protects any layer without an image, and reclaim them
//!   afterwards.
//! * An image that was kept and is pushed again is restored already: it is not listed any more.
//!
//! # On a crash
//! Keeping, restoring and forgetting are each one transaction. A job forgets what is over
//! (`jobs/forget_deleted_images.rs`).

use std::time::Duration;

use db::{Deletion, DeletionCause, Image, Repository, RestorableImage, TagMover, Tx};
use names::{Digest, ImageStatus, ImageTag, Timestamp};

use super::archive::begin_restoring;
use super::pointing::{point, require_few_tags};
use super::recording::record;
use crate::archive_storage::Archiving;
use crate::events::Events;
use crate::events::image_action::{self, ImageAction};
use crate::jobs::forget_deleted_images::ForgetDeletedImages;
use crate::jobs::move_archived_bytes::move_blobs_of;
use crate::{Failure, ImageRefusal};

/// How long a removal keeps an image, and why it is removed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Undo {
    pub(crate) window: Duration,
    pub(crate) cause: DeletionCause,
}

/// How deep indexes that are restored with their images may be nested.
const NESTING_MAX: u32 = 4;

/// Keeps an image that is about to be deleted, and its layers.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    undo: Undo,
    (tags, layers): (&[ImageTag], &[Digest]),
    now: Timestamp,
) -> Result<(), Failure> {
    let restorable_until = now.plus(undo.window);
    if let Some(before) = tx.find_deleted_image(repository.key, &image.digest)? {
        tx.forget_deleted_image(&before)?;
    }
    let children = tx.list_children(image.key)?;
    let deletion = Deletion {
        image: image.key,
        deleted_at: now,
        restorable_until,
        cause: undo.cause,
        tags,
        layers,
        children: &children,
    };
    tx.keep_deleted_image(&deletion, image.size_bytes)?;
    for layer in layers {
        tx.renew_lease(repository.key, layer, restorable_until)?;
    }
    let due_at = tx.find_next_end(repository.key)?.unwrap_or(restorable_until);
    Ok(jobs::enqueue(tx, &ForgetDeletedImages::new(repository.key), due_at, now)?)
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredImage {
    /// Its digest.
    pub digest: Digest,
    /// Its tags.
    pub tags: Vec<ImageTag>,
    /// Those of its tags that it did not get back, each with the image that has it now.
    pub taken: Vec<(ImageTag, Digest)>,
    /// Whether it can be pulled: an archived image is archived again.
    pub status: ImageStatus,
}

/// Restores a deleted image under these tags, or under those of its own that are still free.
/// Images of an index come with it if they are kept, too.
pub(crate) fn restore(
    tx: &mut Tx<'_>,
    place: &Place<'_>,
    deleted: &RestorableImage,
    tags: Option<&[ImageTag]>,
    nesting: u32,
) -> Result<RestoredImage, Failure> {
    let Place { arn, repository, archiving, mover, events, now } = *place;
    require_layers(tx, place, deleted)?;
    restore_children(tx, place, deleted, nesting)?;
    let image = tx.insert_restored_image(deleted.key, now)?;
    for layer in &deleted.layers {
        tx.insert_image_blob(repository.key, layer, image)?;
    }
    for child in &deleted.children {
        tx.insert_image_child(repository.key, child, image)?;
    }
    let mut status = match deleted.status {
        ImageStatus::Active => ImageStatus::Active,
        ImageStatus::Archived | ImageStatus::Activating => ImageStatus::Archived,
    };
    if status == ImageStatus::Active && !tx.list_archived_blobs(image)?.is_empty() {
        begin_restoring(tx, image, now)?;
        status = ImageStatus::Activating;
    }
    if status == ImageStatus::Archived && archiving == Archiving::Apart {
        // While no image needed its bytes, they did not follow it.
        move_blobs_of(tx, image, now)?;
    }
    let (mut pointed, mut taken) = (Vec::<ImageTag>::new(), Vec::new());
    for tag in tags.unwrap_or(&deleted.tags) {
        if pointed.contains(tag) {
            continue;
        }
        if tags.is_none()
            && let Some(other) = tx.find_image_by_tag(repository.key, tag)?
        {
            taken.push((tag.clone(), other.digest));
            continue;
        }
        point(tx, (arn, repository), tag, (image, &deleted.digest), mover, (events, now))?;
        pointed.push(tag.clone());
    }
    require_few_tags(tx, repository, &deleted.digest, (0, pointed.len()))?;
    if pointed.is_empty() {
        record(tx, repository.key, image, None, now)?;
        let pushed = (ImageAction::Push, &deleted.digest, None);
        image_action::write(tx, repository, pushed, (events, now))?;
    }
    tx.forget_deleted_image(deleted)?;
    Ok(RestoredImage { digest: deleted.digest.clone(), tags: pointed, taken, status })
}

/// Where and when an image is restored, where the bytes of archived images are, and what moves its
/// tags, and whether that is told.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) arn: &'a names::RepositoryArn,
    pub(crate) repository: &'a Repository,
    pub(crate) archiving: Archiving,
    pub(crate) mover: Option<&'a TagMover>,
    pub(crate) events: Events,
    pub(crate) now: Timestamp,
}

/// Refuses an image whose layers are gone: someone deleted them, one by one.
fn require_layers(
    tx: &mut Tx<'_>,
    place: &Place<'_>,
    deleted: &RestorableImage,
) -> Result<(), Failure> {
    let layers: Vec<&Digest> = deleted.layers.iter().collect();
    let found = tx.find_attached_blobs(place.repository.key, &layers)?;
    let missing = deleted.layers.iter().zip(found).filter(|(_, found)| found.is_none());
    let digests: Vec<Digest> = missing.map(|(layer, _)| layer.clone()).collect();
    if digests.is_empty() {
        return Ok(());
    }
    Err(ImageRefusal::LayersNotFound { repository: place.arn.clone(), digests }.into())
}

/// Restores the images of an index that are gone, or refuses.
fn restore_children(
    tx: &mut Tx<'_>,
    place: &Place<'_>,
    deleted: &RestorableImage,
    nesting: u32,
) -> Result<(), Failure> {
    let mut missing = Vec::new();
    for child in &deleted.children {
        if tx.find_image(place.repository.key, child)?.is_some() {
            continue;
        }
        match tx.find_deleted_image(place.repository.key, child)? {
            Some(kept) if kept.restorable_until > place.now && nesting < NESTING_MAX => {
                restore(tx, place, &kept, None, nesting + 1)?;
            }
            Some(_) | None => missing.push(child.clone()),
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let (repository, digests) = (place.arn.clone(), missing);
    Err(ImageRefusal::ReferencedImagesNotFound { repository, digests }.into())
}
