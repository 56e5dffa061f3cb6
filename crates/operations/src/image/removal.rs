//! Removes an image, or one of its tags: shared by every kind of deletion.

use db::{DbError, Image, Repository, TagMover, Tx};
use names::{Digest, ImageTag, Timestamp};

use super::recording::drop_record;
use crate::Failure;
use crate::jobs::record_image::drop_object;
use crate::jobs::review_repository_blob::ReviewRepositoryBlob;

/// What was deleted: an image and one of its tags, or an image without tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedImage {
    /// The image.
    pub digest: Digest,
    /// The tag.
    pub tag: Option<ImageTag>,
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
/// have lost its last image, and is kept until its lease has expired.
pub(crate) fn delete_whole_image(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    mover: Option<&TagMover>,
    now: Timestamp,
) -> Result<Vec<DeletedImage>, Failure> {
    delete_with_layers(tx, repository, image, mover, now).map(|(deleted, _)| deleted)
}

/// The same, and how many layers it had.
pub(crate) fn delete_with_layers(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    mover: Option<&TagMover>,
    now: Timestamp,
) -> Result<(Vec<DeletedImage>, usize), Failure> {
    let tags = tx.list_tags_of(image.key)?;
    for record in tx.list_image_records(image.key)? {
        drop_object(tx, &record.object, now)?;
    }
    for tag in &tags {
        tx.delete_tag(repository.key, tag, (image.key, &image.digest), mover)?;
    }
    let blobs = tx.list_image_blobs(image.key)?;
    tx.delete_image(image.key)?;
    review(tx, repository, &blobs, now)?;
    let deleted = |tag| DeletedImage { digest: image.digest.clone(), tag };
    let deleted = if tags.is_empty() {
        vec![deleted(None)]
    } else {
        tags.into_iter().map(|tag| deleted(Some(tag))).collect()
    };
    Ok((deleted, blobs.len()))
}

/// Queues reviews of the layers that no image names any more.
fn review(
    tx: &mut Tx<'_>,
    repository: &Repository,
    digests: &[Digest],
    now: Timestamp,
) -> Result<(), DbError> {
    let digests: Vec<&Digest> = digests.iter().collect();
    let found = tx.find_attached_blobs(repository.key, &digests)?;
    for (digest, found) in digests.into_iter().zip(found) {
        let Some(unnamed) = found.filter(|found| !found.referenced) else { continue };
        let job = ReviewRepositoryBlob::new(repository.key, digest);
        jobs::enqueue(tx, &job, unnamed.lease_until.max(now), now)?;
    }
    Ok(())
}
