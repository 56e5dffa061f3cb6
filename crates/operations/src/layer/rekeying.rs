//! Gives a repository a layer under another key.
//!
//! Order:
//! 1. The key of the new object is written down in a `delete_object` job, due much later.
//! 2. The bytes are read from the old object, authenticated, and sealed into the new one, which is
//!    hashed and synced.
//! 3. One transaction writes the new blob, points the repository's right at it, cancels that job,
//!    and has the old blob reviewed: other repositories may still hold it.
//!
//! # On a crash
//! The right names one complete object at any time. A crash before the third step leaves a part of
//! the new object, which its job deletes. Two runs at a time do no harm: the right still has to
//! name the blob that was read.

use blobs::NewObject;
use db::{Blob, BlobKey, NewBlob, RepositoryKey, Tx};
use names::{Digest, EncryptionKey, RepositoryArn, StorageClass, Timestamp};

use crate::jobs::delete_object::DeleteObject;
use crate::jobs::reclaim_blob::ReclaimBlob;
use crate::jobs::{GRACE, UPLOAD_LIFE};
use crate::upload::complete_layer_upload::LayerDescription;
use crate::{Failure, Operations};

/// A layer of a repository that is under another key than the repository.
pub(crate) struct RekeyedLayer<'a> {
    pub(crate) arn: &'a RepositoryArn,
    pub(crate) repository: RepositoryKey,
    /// The key that it is to be under.
    pub(crate) to: &'a EncryptionKey,
    pub(crate) digest: &'a Digest,
    /// What the repository serves now.
    pub(crate) blob: BlobKey,
}

/// What a transaction needs of it.
#[derive(Clone)]
struct Wanted {
    repository: RepositoryKey,
    to: EncryptionKey,
    digest: Digest,
    before: BlobKey,
    now: Timestamp,
}

/// What came of pointing a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointed {
    /// At what the registry had.
    AtEqual,
    /// At the new object.
    AtNew,
    /// Nowhere: the right has changed, or the registry has no equal.
    No,
}

impl Operations {
    /// Gives the repository the layer under its key, unless it has it already.
    pub(crate) async fn rekey_layer(&self, layer: RekeyedLayer<'_>) -> Result<(), Failure> {
        let RekeyedLayer { arn, repository, to, digest, blob: before } = layer;
        let (to_key, digest) = (to.clone(), digest.clone());
        let wanted = Wanted { repository, to: to_key, digest, before, now: self.now() };
        let first = wanted.clone();
        let find = move |tx: &mut Tx<'_>| tx.find_blob_by_key(before);
        let found: Result<_, db::DbError> = self.db.read(find).await;
        let Some(old) = found? else { return Ok(()) };
        // Equal bytes under the new key are no way around the key that closes these.
        self.require_usable_key(arn, &old.encryption_key).await?;
        let class = old.storage_class;
        let point = move |tx: &mut Tx<'_>| point_at_equal(tx, &first, class);
        let Pointed::No = self.db.write(point).await? else { return Ok(()) };
        let new = self.new_object(arn, to).await?;
        let (object, class) = (new.object.clone(), old.storage_class);
        let (job, due_at) = (DeleteObject::new(&object).of(class), wanted.now.plus(UPLOAD_LIFE));
        let now = wanted.now;
        let queued: Result<_, db::DbError> =
            self.db.write(move |tx| jobs::enqueue(tx, &job, due_at, now)).await;
        queued?;
        let pointed = self.seal_again(arn, wanted, &old, new).await;
        if !matches!(pointed, Ok(Pointed::AtNew)) {
            self.disown_object_of(&object, class).await;
        }
        pointed.map(drop)
    }

    async fn seal_again(
        &self,
        arn: &RepositoryArn,
        wanted: Wanted,
        old: &Blob,
        new: NewObject,
    ) -> Result<Pointed, Failure> {
        let description = LayerDescription::of(arn, &wanted.to).to_bytes();
        let (object, wrapped_key) = (new.object.clone(), new.wrapped.clone());
        self.copy_blob(old, new, old.storage_class, Some(&description)).await?;
        let (old, now) = (old.clone(), self.now());
        let wanted = Wanted { now, ..wanted };
        self.db
            .write(move |tx| {
                let pointed = point_at_equal(tx, &wanted, old.storage_class)?;
                if pointed != Pointed::No {
                    return Ok(pointed);
                }
                let Some(registry) = registry_of(tx, &wanted)? else { return Ok(Pointed::No) };
                if !jobs::take_back::<DeleteObject>(tx, object.as_str())? {
                    return Ok(Pointed::No);
                }
                let new = NewBlob {
                    registry,
                    encryption_key: wanted.to.clone(),
                    digest: wanted.digest.clone(),
                    size_bytes: old.size_bytes,
                    object: object.clone(),
                    wrapped_key: wrapped_key.clone(),
                };
                let key = write_blob(tx, &new, old.storage_class, wanted.now)?;
                point(tx, &wanted, key, old.size_bytes)?;
                Ok(Pointed::AtNew)
            })
            .await
    }
}

/// The registry, if the repository still serves the blob that was read, and is under the key.
fn registry_of(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Option<db::RegistryKey>, Failure> {
    let Some(repository) = tx.find_repository_by_key(wanted.repository)? else { return Ok(None) };
    let right = tx.find_attached_blob(wanted.repository, &wanted.digest)?;
    let is_as_read = right.is_some_and(|right| right.blob == wanted.before)
        && repository.encryption_key == wanted.to;
    Ok(is_as_read.then_some(repository.registry))
}

/// Points the right at the same bytes under the new key, if the registry has them.
fn point_at_equal(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    class: StorageClass,
) -> Result<Pointed, Failure> {
    let Some(registry) = registry_of(tx, wanted)? else { return Ok(Pointed::No) };
    let Some(equal) = tx.find_blob(registry, &wanted.to, &wanted.digest)? else {
        return Ok(Pointed::No);
    };
    // An image of this repository may need it now.
    let is_away = class == StorageClass::Standard && equal.storage_class == StorageClass::Archive;
    if is_away || equal.damaged_at.is_some() {
        return Ok(Pointed::No);
    }
    if equal.condemned_at.is_some() {
        tx.revive_blob(equal.key)?;
    }
    point(tx, wanted, equal.key, equal.size_bytes)?;
    Ok(Pointed::AtEqual)
}

/// The row of the new object. If the registry has the same bytes in the archive storage, or in a
/// damaged object, the new object takes their place.
fn write_blob(
    tx: &mut Tx<'_>,
    new: &NewBlob,
    class: StorageClass,
    now: Timestamp,
) -> Result<BlobKey, Failure> {
    if let Some(equal) = tx.find_blob(new.registry, &new.encryption_key, &new.digest)? {
        if equal.condemned_at.is_some() {
            tx.revive_blob(equal.key)?;
        }
        tx.move_blob(&equal, &new.object, &new.wrapped_key, class)?;
        let old = DeleteObject::of_blob(&equal);
        jobs::enqueue(tx, &old, now.plus(GRACE), now)?;
        return Ok(equal.key);
    }
    let key = tx.insert_blob(new, now)?;
    if class == StorageClass::Archive
        && let Some(inserted) = tx.find_blob_by_key(key)?
    {
        tx.move_blob(&inserted, &new.object, &new.wrapped_key, class)?;
    }
    Ok(key)
}

fn point(tx: &mut Tx<'_>, wanted: &Wanted, blob: BlobKey, size_bytes: u64) -> Result<(), Failure> {
    let Wanted { repository, digest, before, now, .. } = wanted;
    tx.point_right(*repository, digest, blob)?;
    jobs::enqueue(tx, &ReclaimBlob::new(*before), *now, *now)?;
    if let Some(mut rekey) = tx.find_rekey(*repository)? {
        rekey.layers_done += 1;
        rekey.bytes_done += size_bytes;
        tx.put_rekey(*repository, &rekey)?;
    }
    Ok(())
}
