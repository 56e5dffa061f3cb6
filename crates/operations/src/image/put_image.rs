//! PutImage, which is `PUT …/manifests/REFERENCE` at the OCI door.

use std::collections::BTreeSet;
use std::sync::Arc;

use db::{Image, ImageKey, Repository, TagMover, Tx};
use names::{Digest, ImageTag, RepositoryArn, Timestamp};
use tokio::task::yield_now;

use super::archive::restore_pushed;
use super::pointing::{point, require_few_tags};
use super::recording::{record, write_down};
use crate::encryption::usable::{Under, require_under};
use crate::events::image_action::{self, ImageAction};
use crate::jobs::move_blob::MoveBlob;
use crate::operations::require_repository;
use crate::scanning::requesting::request_on_push;
use crate::telling::Telling;
use crate::{BlobRef, Failure, ImageRefusal, Mover, Operations, PushedManifest};

/// What to do if nothing would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfSame {
    /// Refuse, as PutImage does.
    Refuse,
    /// Answer success, as the distribution specification requires.
    Accept,
}

/// An image to be put.
#[derive(Debug, Clone)]
pub struct PutImage {
    /// Its manifest.
    pub manifest: PushedManifest,
    /// Tags that are to point to it, all or none.
    pub tags: Vec<ImageTag>,
    /// What to do if nothing would change.
    pub if_same: IfSame,
}

/// Up to this many references of an image are checked in the write transaction. More are first
/// checked in read transactions of this size, so that a refused image does not delay other writers.
const NAMED_AT_ONCE_MAX: usize = 128;

impl Operations {
    /// Puts an image: the manifest is kept, every layer and child that it names is in the
    /// repository, and the tags point to it. All of it becomes true in one transaction, or nothing.
    pub async fn put_image(
        &self,
        arn: &RepositoryArn,
        put: PutImage,
        mover: &Mover,
    ) -> Result<(), Failure> {
        let now = self.now();
        self.put_image_moved(arn, put, (self.moved_by(mover, now), now)).await
    }

    /// The same for an image of an upstream registry: no caller moves its tags.
    pub(crate) async fn put_upstream_image(
        &self,
        arn: &RepositoryArn,
        put: PutImage,
    ) -> Result<(), Failure> {
        let now = self.now();
        self.put_image_moved(arn, put, (self.moved_by_cache(now), now)).await
    }

    async fn put_image_moved(
        &self,
        arn: &RepositoryArn,
        put: PutImage,
        (mover, now): (Option<TagMover>, Timestamp),
    ) -> Result<(), Failure> {
        let put = Arc::new(put);
        let PushedManifest { blobs, children, .. } = &put.manifest;
        if blobs.len().max(children.len()) > NAMED_AT_ONCE_MAX {
            self.require_named(arn, &put).await?;
        }
        let telling = self.telling();
        let mut guess = self.guess_key(arn);
        loop {
            if let Err(refused) = self.require_usable_key(arn, &guess.key).await {
                self.guess_again(arn, &mut guess, refused).await?;
                continue;
            }
            let (wanted, key, put, mover) =
                (arn.clone(), guess.key.clone(), put.clone(), mover.clone());
            let outcome = self.db.write(move |tx| {
                Ok::<_, Failure>(match require_under(tx, &wanted, &key)? {
                    Under::This(repository) => {
                        put_in(tx, (&wanted, &repository), &put, mover.as_ref(), (telling, now))?;
                        Under::This(())
                    }
                    Under::Another(key) => Under::Another(key),
                })
            });
            let outcome = outcome.await?;
            if self.settle(arn, &mut guess, outcome)?.is_some() {
                return Ok(());
            }
        }
    }

    /// Refuses an image that the write would refuse for its references. The write checks again,
    /// because they may be deleted in between.
    async fn require_named(&self, arn: &RepositoryArn, put: &Arc<PutImage>) -> Result<(), Failure> {
        let (home, known) = (arn.clone(), put.clone());
        let find = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &home)?;
            let found = tx.find_image(repository.key, &known.manifest.digest)?;
            Ok::<_, Failure>((repository.key, found.is_some()))
        };
        let (repository, is_known) = self.db.read(find).await?;
        if is_known {
            return Ok(());
        }
        let PushedManifest { blobs, children, .. } = &put.manifest;
        let mut sizes = Vec::with_capacity(blobs.len());
        for some in blobs.chunks(NAMED_AT_ONCE_MAX) {
            let digests: Vec<Digest> = some.iter().map(|blob| blob.digest.clone()).collect();
            let find = move |tx: &mut Tx<'_>| {
                tx.find_blob_sizes(repository, &digests.iter().collect::<Vec<_>>())
            };
            sizes.extend(self.db.read(find).await?);
            yield_now().await;
        }
        sum_up_blobs(arn, blobs, sizes)?;
        let mut sizes = Vec::with_capacity(children.len());
        for some in children.chunks(NAMED_AT_ONCE_MAX) {
            let digests = some.to_vec();
            let find = move |tx: &mut Tx<'_>| {
                tx.find_image_sizes(repository, &digests.iter().collect::<Vec<_>>())
            };
            sizes.extend(self.db.read(find).await?);
            yield_now().await;
        }
        largest_child(arn, children, sizes).map(drop)
    }
}

fn put_in(
    tx: &mut Tx<'_>,
    (arn, repository): (&RepositoryArn, &Repository),
    put: &PutImage,
    mover: Option<&TagMover>,
    (telling, now): (Telling, Timestamp),
) -> Result<(), Failure> {
    let before = tx.find_image(repository.key, &put.manifest.digest)?;
    let image = match &before {
        Some(Image { key, .. }) => *key,
        None => insert(tx, arn, repository, &put.manifest, now)?,
    };
    let mut changed = match &before {
        Some(before) => restore_pushed(tx, before, (telling, now))?,
        None => true,
    };
    let target = (image, &put.manifest.digest);
    for tag in &put.tags {
        changed |= point(tx, (arn, repository), tag, target, mover, (telling.events, now))?;
    }
    if before.is_none() && put.tags.is_empty() {
        record(tx, repository.key, image, None, now)?;
        let pushed = (ImageAction::Push, &put.manifest.digest, None);
        image_action::write(tx, repository, pushed, (telling.events, now))?;
    }
    if !changed && put.if_same == IfSame::Refuse {
        return Err(ImageRefusal::AlreadyExists {
            repository: arn.clone(),
            digest: put.manifest.digest.clone(),
            tag: put.tags.first().cloned(),
        }
        .into());
    }
    let tags_before = before.map_or(0, |image| image.tag_count);
    require_few_tags(tx, repository, &put.manifest.digest, (tags_before, put.tags.len()))
}

/// Inserts an image that is new to the repository, and its references.
fn insert(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    repository: &Repository,
    manifest: &PushedManifest,
    now: Timestamp,
) -> Result<ImageKey, Failure> {
    let blobs_bytes = require_blobs(tx, arn, repository, &manifest.blobs)?;
    let largest_child = require_children(tx, arn, repository, &manifest.children)?;
    let image = write_down(tx, repository, manifest, blobs_bytes.max(largest_child), now)?;
    request_on_push(tx, (arn, repository), image, manifest, now)?;
    // A layer that an image may lack does not keep it from being put.
    if manifest.blobs.iter().any(|blob| !blob.required) {
        for blob in tx.list_archived_blobs(image)? {
            jobs::enqueue(tx, &MoveBlob::new(blob), now, now)?;
        }
    }
    Ok(image)
}

/// Sums up the blobs that the repository holds; refuses if one is missing or another size.
fn require_blobs(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    repository: &Repository,
    blobs: &[BlobRef],
) -> Result<u64, Failure> {
    let digests: Vec<&Digest> = blobs.iter().map(|blob| &blob.digest).collect();
    let sizes = tx.find_blob_sizes(repository.key, &digests)?;
    sum_up_blobs(arn, blobs, sizes)
}

fn sum_up_blobs(
    arn: &RepositoryArn,
    blobs: &[BlobRef],
    sizes: Vec<Option<u64>>,
) -> Result<u64, Failure> {
    let mut missing = Vec::new();
    let mut counted = BTreeSet::new();
    let mut total = 0;
    for (BlobRef { digest, size_bytes: stated, media_type: _, required }, size) in
        blobs.iter().zip(sizes)
    {
        match size {
            Some(actual) if actual != *stated => {
                let (digest, stated) = (digest.clone(), *stated);
                return Err(ImageRefusal::LayerSizeDiffers { digest, stated, actual }.into());
            }
            Some(actual) if counted.insert(digest) => total += actual,
            None if *required && counted.insert(digest) => missing.push(digest.clone()),
            Some(_) | None => {}
        }
    }
    if missing.is_empty() {
        Ok(total)
    } else {
        Err(ImageRefusal::LayersNotFound { repository: arn.clone(), digests: missing }.into())
    }
}

/// The size of the largest child; refuses if one is not in the repository.
fn require_children(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    repository: &Repository,
    children: &[Digest],
) -> Result<u64, Failure> {
    let sizes = tx.find_image_sizes(repository.key, &children.iter().collect::<Vec<_>>())?;
    largest_child(arn, children, sizes)
}

fn largest_child(
    arn: &RepositoryArn,
    children: &[Digest],
    sizes: Vec<Option<u64>>,
) -> Result<u64, Failure> {
    let mut missing = Vec::new();
    let mut counted = BTreeSet::new();
    let mut largest = 0;
    for (child, size) in children.iter().zip(sizes) {
        match size {
            Some(size) => largest = largest.max(size),
            None if counted.insert(child) => missing.push(child.clone()),
            None => {}
        }
    }
    if missing.is_empty() {
        Ok(largest)
    } else {
        Err(ImageRefusal::ReferencedImagesNotFound { repository: arn.clone(), digests: missing }
            .into())
    }
}
