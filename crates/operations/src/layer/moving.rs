//! Moves the bytes of a blob to the archive storage, or back.
//!
//! Order:
//! 1. The key of the new object is written down in a `delete_object` job, due much later.
//! 2. The bytes are read from the old object, authenticated, and sealed into the new one, which is
//!    hashed and synced.
//! 3. One transaction points the row at the new object, cancels that job, and queues the deletion
//!    of the old object for [`GRACE`] later: a reader that found the old row has opened it by then.
//!
//! # On a crash
//! The row names one complete object at any time. A crash before the third step leaves a part of
//! the new object, which its job deletes; the next run begins with another object. A crash after it
//! leaves the old object, which its job deletes. Two runs at a time do no harm: the row still has
//! to name the object that was read, so the second one fails to record its copy.

use blobs::{CommitError, NewObject};
use db::{Blob, BlobKey, BlobNeed, DbError, Tx};
use names::{ByteRange, Digest, StorageClass, Timestamp, WrappedKey};

use crate::jobs::delete_object::DeleteObject;
use crate::jobs::{GRACE, UPLOAD_LIFE};
use crate::{Failure, Fault, Operations};

/// Where a blob belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belongs {
    /// Here.
    In(StorageClass),
    /// In the archive storage from this moment on, unless something needs it by then.
    ArchivedAfter(Timestamp),
    /// Nowhere: no image refers to it, and reclaiming decides about it.
    Nowhere,
}

/// Decides where a blob belongs.
pub(crate) fn place_of(need: BlobNeed, now: Timestamp) -> Belongs {
    match need {
        BlobNeed { is_needed: true, .. } => Belongs::In(StorageClass::Standard),
        BlobNeed { is_held: false, .. } => Belongs::Nowhere,
        BlobNeed { lease_until: Some(until), .. } if until > now => Belongs::ArchivedAfter(until),
        BlobNeed { .. } => Belongs::In(StorageClass::Archive),
    }
}

impl Operations {
    /// Moves a blob's bytes, unless they are there, or rows say by then that they do not belong
    /// there.
    pub(crate) async fn move_blob_to(
        &self,
        key: BlobKey,
        target: StorageClass,
    ) -> Result<(), Failure> {
        let found: Result<_, DbError> = self.db.read(move |tx| tx.find_blob_by_key(key)).await;
        let Some(blob) = found?.filter(|blob| blob.storage_class != target) else { return Ok(()) };
        let new = self.new_object_like(&blob).await?;
        let (job, now) = (DeleteObject::new(&new.object).of(target), self.now());
        let later = now.plus(UPLOAD_LIFE);
        self.db.write(move |tx| jobs::enqueue(tx, &job, later, now)).await?;
        let (object, wrapped) = (new.object.clone(), new.wrapped.clone());
        let copied = self.copy_blob(&blob, new, target, None).await;
        let recorded = match copied {
            Ok(()) => {
                let now = self.now();
                let copy = (object.clone(), wrapped);
                self.db.write(move |tx| record(tx, &blob, &copy.0, &copy.1, target, now)).await
            }
            Err(failure) => Err(failure),
        };
        if !matches!(recorded, Ok(Recorded::Yes)) {
            self.disown_object_of(&object, target).await;
        }
        recorded.map(drop)
    }

    /// Copies a blob's bytes into a new object. It describes itself as the old one, unless another
    /// description is given.
    pub(super) async fn copy_blob(
        &self,
        blob: &Blob,
        new: NewObject,
        target: StorageClass,
        description: Option<&[u8]>,
    ) -> Result<(), Failure> {
        let Blob { object, digest, size_bytes, wrapped_key, .. } = blob;
        let (from, to) = (self.blobs_of(blob.storage_class)?, self.blobs_of(target)?);
        let protection = self.protection(object, wrapped_key).await?;
        let footer = from.inspect(object).await?.footer(&protection)?;
        let range = ByteRange::whole(*size_bytes);
        let mut reader = from.open(object, &protection, range).await?;
        let mut upload = to.begin(new, digest.algorithm())?;
        upload.expect_length(*size_bytes);
        while let Some(chunk) = reader.next().await {
            upload.append(chunk?).await?;
        }
        match upload.commit(digest, description.unwrap_or(&footer.description)).await {
            Ok(_) => Ok(()),
            Err(CommitError::Store(error)) => Err(error.into()),
            Err(CommitError::DigestMismatch { computed }) => Err(differs(digest, &computed)),
        }
    }
}

fn differs(wanted: &Digest, computed: &Digest) -> Failure {
    let why = format!("the object of layer {wanted} holds {computed}");
    Failure::Fault(Fault::Corrupt(why.into()))
}

/// Did the row come to name the copy?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recorded {
    Yes,
    No,
}

fn record(
    tx: &mut Tx<'_>,
    before: &Blob,
    object: &names::ObjectKey,
    wrapped_key: &WrappedKey,
    target: StorageClass,
    now: Timestamp,
) -> Result<Recorded, Failure> {
    let Some(blob) = tx.find_blob_by_key(before.key)? else { return Ok(Recorded::No) };
    if blob.object != before.object {
        return Ok(Recorded::No);
    }
    if target == StorageClass::Archive
        && place_of(tx.find_blob_need(blob.key)?, now) != Belongs::In(StorageClass::Archive)
    {
        return Ok(Recorded::No);
    }
    if !jobs::take_back::<DeleteObject>(tx, object.as_str())? {
        return Ok(Recorded::No);
    }
    tx.move_blob(&blob, object, wrapped_key, target)?;
    let old = DeleteObject::of_blob(&blob);
    jobs::enqueue(tx, &old, now.plus(GRACE), now)?;
    Ok(Recorded::Yes)
}
