//! Recreates images from the copies of their manifests.

use std::collections::BTreeSet;

use db::{IfTaken, ImageKey, ImageRecord, Pointed, Repository, RepositoryKey, Tx};
use names::{ByteRange, Digest, EncryptionKey, ObjectKey, RepositoryArn, StorageClass, Timestamp};

use super::rebuild::Rebuild;
use super::rebuild_repositories::open_repository;
use super::recorded_image::RecordedImage;
use crate::image::recording::{record, write_down};
use crate::jobs::LEASE;
use crate::jobs::delete_object::DeleteObject;
use crate::{Failure, Fault, Operations, PushedManifest};

/// Larger manifests are never accepted.
const MANIFEST_BYTES_MAX: u64 = 16 << 20;

impl Rebuild<'_> {
    /// Makes the rows of images, oldest first, so that lists show them in the order of their
    /// pushes.
    pub(super) async fn images(&mut self) -> Result<(), Failure> {
        let mut images = std::mem::take(&mut self.images);
        images.sort_by(|a, b| (a.pushed_at, &a.object).cmp(&(b.pushed_at, &b.object)));
        for image in images {
            match self.read_manifest(&image).await {
                Ok(manifest) => self.image(image, manifest).await?,
                Err(why) => self.skip(&image.object, &why),
            }
        }
        Ok(())
    }

    async fn read_manifest(&self, image: &RecordedImage) -> Result<PushedManifest, String> {
        let read = self.operations.read_object(&image.object, image.size_bytes).await;
        let bytes = read.map_err(|fault| fault.chain())?;
        if Digest::of(image.digest.algorithm(), &bytes) != image.digest {
            return Err("its manifest is not what its footer says".to_owned());
        }
        let manifest = (self.parse)(&bytes, &image.media_type);
        // The door that accepts a manifest decides under which algorithm it is known.
        manifest
            .map(|manifest| PushedManifest { digest: image.digest.clone(), ..manifest })
            .ok_or_else(|| "its manifest cannot be read by this version".to_owned())
    }

    async fn image(
        &mut self,
        mut image: RecordedImage,
        manifest: PushedManifest,
    ) -> Result<(), Failure> {
        let home = (image.arn.clone(), image.key.clone());
        let (pushed_at, now) = (image.pushed_at, self.operations.now());
        image.is_index = !manifest.children.is_empty();
        let restored = self
            .operations
            .db
            .write(move |tx| restore_image(tx, (&home.0, &home.1), &manifest, pushed_at, now))
            .await?;
        self.counts.images += u64::from(restored.image_is_new);
        self.counts.repositories += u64::from(restored.repository_is_new);
        image.rows = Some(restored.rows);
        self.images.push(image);
        Ok(())
    }

    /// Gives indexes the size of their largest child, now that all children exist. An index may
    /// hold another, so this repeats until nothing changes.
    pub(super) async fn index_sizes(&mut self) -> Result<(), Failure> {
        let indexes: Vec<(RepositoryKey, ImageKey, Digest)> = self
            .images
            .iter()
            .filter(|image| image.is_index)
            .filter_map(|image| image.rows.map(|(key, row)| (key, row, image.digest.clone())))
            .collect();
        loop {
            let mut changed = false;
            for (repository, image, digest) in indexes.clone() {
                let resize = move |tx: &mut Tx<'_>| resize_index(tx, repository, image, &digest);
                changed |= self.operations.db.write(resize).await?;
            }
            if !changed {
                return Ok(());
            }
        }
    }

    /// Writes the records, newest first, and sets the tags that are still free.
    pub(super) async fn records(&mut self) -> Result<(), Failure> {
        let mut images = std::mem::take(&mut self.images);
        images.sort_by(|a, b| (b.recorded_at, &b.object).cmp(&(a.recorded_at, &a.object)));
        for image in images {
            let now = self.operations.now();
            let restore = move |tx: &mut Tx<'_>| restore_record(tx, &image, now);
            self.counts.tags += u64::from(self.operations.db.write(restore).await?);
        }
        Ok(())
    }
}

/// The result of restoring an image.
struct Restored {
    rows: (RepositoryKey, ImageKey),
    image_is_new: bool,
    repository_is_new: bool,
}

fn restore_image(
    tx: &mut Tx<'_>,
    (arn, encryption_key): (&RepositoryArn, &EncryptionKey),
    manifest: &PushedManifest,
    pushed_at: Timestamp,
    now: Timestamp,
) -> Result<Restored, Failure> {
    let (repository, repository_is_new) = open_repository(tx, arn, encryption_key, now)?;
    let (key, image_is_new) = match tx.find_image(repository.key, &manifest.digest)? {
        Some(image) => (image.key, false),
        None => (insert(tx, &repository, manifest, pushed_at, now)?, true),
    };
    Ok(Restored { rows: (repository.key, key), image_is_new, repository_is_new })
}

/// Inserts an image with the layers that the registry holds. A check reports a missing layer;
/// pushing it again repairs the image.
fn insert(
    tx: &mut Tx<'_>,
    repository: &Repository,
    manifest: &PushedManifest,
    pushed_at: Timestamp,
    now: Timestamp,
) -> Result<ImageKey, Failure> {
    let (mut counted, mut size_bytes) = (BTreeSet::new(), 0);
    let mut is_archived = false;
    for wanted in &manifest.blobs {
        let held = tx.find_blob(repository.registry, &repository.encryption_key, &wanted.digest)?;
        let Some(blob) = held else { continue };
        if blob.condemned_at.is_some() {
            tx.revive_blob(blob.key)?;
        }
        tx.attach_blob(repository.key, &wanted.digest, blob.key, now.plus(LEASE))?;
        if counted.insert(&wanted.digest) {
            size_bytes += blob.size_bytes;
        }
        is_archived |= blob.storage_class == StorageClass::Archive;
    }
    let image = write_down(tx, repository, manifest, size_bytes, pushed_at)?;
    if is_archived {
        tx.archive_image(image, now)?;
    }
    Ok(image)
}

/// Returns whether the size changed.
fn resize_index(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    key: ImageKey,
    digest: &Digest,
) -> Result<bool, Failure> {
    let Some(index) = tx.find_image(repository, digest)? else { return Ok(false) };
    let mut largest = index.size_bytes;
    for child in tx.list_children(key)? {
        let child = tx.find_image(repository, &child)?;
        largest = largest.max(child.map_or(0, |child| child.size_bytes));
    }
    if largest == index.size_bytes {
        return Ok(false);
    }
    tx.put_image_size(key, largest)?;
    Ok(true)
}

/// Inserts a record and points its tag. Returns whether the tag is new. If another image has the
/// tag, the object is useless: it is deleted, and the image is recorded without it.
fn restore_record(tx: &mut Tx<'_>, image: &RecordedImage, now: Timestamp) -> Result<bool, Failure> {
    let Some((repository, key)) = image.rows else { return Ok(false) };
    let Some(tag) = &image.tag else {
        tx.insert_image_record(key, &ImageRecord { object: image.object.clone(), tag: None })?;
        return Ok(false);
    };
    let pointed = tx.point_tag(repository, tag, (key, &image.digest), IfTaken::Refuse, None)?;
    let is_spare = pointed == Pointed::Refused || tx.find_image_record(key, tag)?.is_some();
    if is_spare {
        jobs::enqueue(tx, &DeleteObject::new(&image.object), now, now)?;
        if !tx.image_is_recorded(key)? {
            record(tx, repository, key, None, now)?;
        }
    } else {
        let kept = ImageRecord { object: image.object.clone(), tag: Some(tag.clone()) };
        tx.insert_image_record(key, &kept)?;
    }
    Ok(pointed == Pointed::New)
}

impl Operations {
    /// All of a small object's content.
    async fn read_object(&self, object: &ObjectKey, size_bytes: u64) -> Result<Vec<u8>, Fault> {
        let fault = |failure: Failure| match failure {
            Failure::Fault(fault) => fault,
            Failure::Refused(refusal) => Fault::Broken(refusal.to_string().into()),
        };
        if size_bytes > MANIFEST_BYTES_MAX {
            return Err(Fault::Corrupt("it is too large for a manifest".into()));
        }
        let stored = self.blobs.inspect(object).await.map_err(|error| fault(error.into()))?;
        let protection = self.protection(object, &stored.wrapped).await.map_err(fault)?;
        let range = ByteRange::whole(size_bytes);
        let opened = self.blobs.open(object, &protection, range).await;
        let mut reader = opened.map_err(|error| fault(error.into()))?;
        let mut bytes = Vec::new();
        while let Some(chunk) = reader.next().await {
            bytes.extend_from_slice(&chunk.map_err(|error| fault(error.into()))?);
        }
        Ok(bytes)
    }
}
