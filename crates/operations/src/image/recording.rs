//! The rows of an image, and the objects that record it: shared by pushes, deletions and rebuilds.
//!
//! Each tag of an image has an object that says so, and so has an image without tags. So rows can
//! be rebuilt from objects alone. This module names the objects in rows, in the transaction that
//! changes the image; `jobs/record_image.rs` writes them.

use db::{ImageKey, ImageRecord, NewImage, Repository, RepositoryKey, Tx};
use names::{ImageTag, ObjectKey, Timestamp};

use crate::jobs::record_image::{RecordImage, drop_object};
use crate::{Failure, PushedManifest};

/// Writes the rows of an image: itself, and its references.
pub(crate) fn write_down(
    tx: &mut Tx<'_>,
    repository: &Repository,
    manifest: &PushedManifest,
    size_bytes: u64,
    pushed_at: Timestamp,
) -> Result<ImageKey, Failure> {
    let new = NewImage {
        repository: repository.key,
        digest: manifest.digest.clone(),
        media_type: manifest.media_type.clone(),
        artifact_type: manifest.artifact_type.clone(),
        config_media_type: manifest.config_media_type.clone(),
        size_bytes,
        subject: manifest.subject.clone(),
        annotations: manifest.annotations.clone(),
        manifest: manifest.bytes.to_vec(),
    };
    let image = tx.insert_image(&new, pushed_at)?;
    for blob in &manifest.blobs {
        tx.insert_image_blob(repository.key, &blob.digest, image)?;
        tx.put_blob_media_type(repository.key, &blob.digest, &blob.media_type)?;
    }
    for child in &manifest.children {
        tx.insert_image_child(repository.key, child, image)?;
    }
    Ok(image)
}

/// Queues a job that writes a copy of the manifest to a new object, with the tag that points to it.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    image: ImageKey,
    tag: Option<&ImageTag>,
    now: Timestamp,
) -> Result<(), Failure> {
    let object = ObjectKey::from_random(keys::random());
    tx.insert_image_record(image, &ImageRecord { object: object.clone(), tag: tag.cloned() })?;
    let job = RecordImage::new(&object, repository);
    Ok(jobs::enqueue(tx, &job, now, now)?)
}

/// Queues the deletion of the object that records this tag. An image that stays without tags gets a
/// separate record, so that a rebuild finds it.
pub(crate) fn drop_record(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: ImageKey,
    tag: &ImageTag,
    now: Timestamp,
) -> Result<(), Failure> {
    if let Some(record) = tx.find_image_record(image, tag)? {
        drop_object(tx, &record.object, now)?;
    }
    if !tx.image_is_recorded(image)? {
        record(tx, repository.key, image, None, now)?;
    }
    Ok(())
}
