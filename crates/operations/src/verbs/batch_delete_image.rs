//! BatchDeleteImage.

use db::{DbError, Image, Repository, Tx};
use names::{Digest, ImageTag, RepositoryArn, Timestamp};

use super::put_image::drop_record;
use crate::jobs::record_image::drop_object;
use crate::jobs::review_repository_blob::ReviewRepositoryBlob;
use crate::operations::require_repository;
use crate::{Failure, ImageFailure, ImageId, Operations};

/// What went: an image and one of its tags, or an image that had none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedImage {
    /// The image.
    pub digest: Digest,
    /// The tag.
    pub tag: Option<ImageTag>,
}

/// Indexes named at most when a deletion is refused for their sake.
const PARENTS_SHOWN_MAX: u32 = 10;

impl Operations {
    /// Deletes tags and images, each or why not, in the order asked for: by tag the tag, and with its
    /// last tag the image; by digest the image with all of its tags. What an index holds stays.
    pub async fn batch_delete_image(
        &self,
        arn: &RepositoryArn,
        ids: Vec<ImageId>,
    ) -> Result<Vec<Result<Vec<DeletedImage>, ImageFailure>>, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                ids.iter().map(|id| delete_one(tx, &repository, id, now)).collect()
            })
            .await
    }
}

fn delete_one(
    tx: &mut Tx<'_>,
    repository: &Repository,
    id: &ImageId,
    now: Timestamp,
) -> Result<Result<Vec<DeletedImage>, ImageFailure>, Failure> {
    let found = match (&id.tag, &id.digest) {
        (Some(tag), _) => tx.find_image_by_tag(repository.key, tag)?,
        (None, Some(digest)) => tx.find_image(repository.key, digest)?,
        (None, None) => None,
    };
    let Some(image) = found else { return Ok(Err(ImageFailure::NotFound)) };
    if id.digest.as_ref().is_some_and(|digest| *digest != image.digest) {
        return Ok(Err(ImageFailure::TagDoesNotMatchDigest));
    }
    let tag_alone = id.tag.as_ref().filter(|_| id.digest.is_none());
    if let Some(tag) = tag_alone.filter(|_| image.tag_count > 1) {
        delete_tag(tx, repository, &image, tag, now)?;
        return Ok(Ok(vec![DeletedImage { digest: image.digest, tag: Some(tag.clone()) }]));
    }
    let parents = tx.list_parents(repository.key, &image.digest, PARENTS_SHOWN_MAX)?;
    if !parents.is_empty() {
        return Ok(Err(ImageFailure::ReferencedByManifestList(parents)));
    }
    Ok(Ok(delete_whole_image(tx, repository, &image, now)?))
}

/// Takes a tag from an image, and has the object deleted that records it.
pub(super) fn delete_tag(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    tag: &ImageTag,
    now: Timestamp,
) -> Result<(), Failure> {
    drop_record(tx, repository, image.key, tag, now)?;
    Ok(tx.delete_tag(repository.key, tag, image.key)?)
}

/// Deletes an image, its tags and its records, and has its layers looked at: any of them may have lost
/// its last image, and is kept until its lease has run out.
pub(crate) fn delete_whole_image(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &Image,
    now: Timestamp,
) -> Result<Vec<DeletedImage>, Failure> {
    let tags = tx.list_tags_of(image.key)?;
    for record in tx.list_image_records(image.key)? {
        drop_object(tx, &record.object, now)?;
    }
    for tag in &tags {
        tx.delete_tag(repository.key, tag, image.key)?;
    }
    let blobs = tx.list_image_blobs(image.key)?;
    tx.delete_image(image.key)?;
    review(tx, repository, &blobs, now)?;
    let deleted = |tag| DeletedImage { digest: image.digest.clone(), tag };
    Ok(if tags.is_empty() {
        vec![deleted(None)]
    } else {
        tags.into_iter().map(|tag| deleted(Some(tag))).collect()
    })
}

/// Has those looked at that no image names any more.
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
