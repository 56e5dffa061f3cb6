//! One upload, many nodes: which request may write to it, and what happens to one that lost its
//! turn.
//!
//! # Invariants
//! * **The row decides.** A request writes bytes. They count only when it records in the upload's
//!   row how far they reach, or that the repository has the layer, and only at the version of the
//!   row that it read before. Of two requests, one finds its version there. The other is refused:
//!   [`UploadRefusal::Busy`] if the upload continues elsewhere, [`UploadRefusal::NotFound`] if it
//!   has ended. The acknowledged bytes are in the row, so a refused client asks how far the upload
//!   is, and continues from there.
//! * **No request waits for one on another node**: that node may be dead. A request that finds
//!   bytes in the object that the row does not record takes the upload over, and *first* increments
//!   the row's version. Only then does it touch the object, because reading a torn object can end
//!   it for its writer (see `blobs::bucket`). The bytes that this writer acknowledged are in the
//!   row that was read, and anything it would record from now on is refused.
//! * **An object has one writer**, which the store enforces: with a lock on a local disk, with a
//!   claim in a bucket. A request that takes an upload over continues in a new object.
//! * **A request that lost the race queues its object for deletion**, unless a row needs it. The
//!   end of the row has queued that too, perhaps before the last bytes arrived, and queues it once
//!   more [`crate::GRACE`] later. So bytes are left behind only by a node that pauses for longer
//!   than that *and* is killed before it looks at the row; `fsck` finds those.
//! * **The new object of a takeover is named in a `delete_object` job** before its first byte.
//!   Pointing the row at it cancels the job, and fails if a runner has begun the job, however long
//!   the node slept in between.
//!
//! Claims in memory ([`crate::upload::claims`]) are an optimisation within one process, not a rule:
//! they spare a client that sends two chunks at a time the cost of taking over from itself.
//!
//! # On a crash
//! Bytes that the row does not record stay in an object that the row or a job names.

use std::time::Duration;

use blobs::{NewObject, ParkedUpload, Protection, Resumed, StoreError};
use db::{Tx, Upload};
use names::{ObjectKey, RepositoryArn, StorageClass, Timestamp, UploadId};

use crate::jobs::UPLOAD_LIFE;
use crate::jobs::delete_object::DeleteObject;
use crate::{Failure, Operations, Refusal, UploadRefusal};

/// How often the row is renewed while bytes arrive, so that no job on any node takes the upload for
/// abandoned: one write every few minutes for a slow request, none for a quick one.
const RENEWAL: Duration = Duration::from_mins(5);

/// When the row is to hear next that bytes are still coming.
pub(crate) struct Renewal(Timestamp);

impl Operations {
    pub(crate) fn renewal(&self) -> Renewal {
        Renewal(self.now().plus(RENEWAL))
    }

    /// Call it while bytes arrive. It fails if they no longer count, so that no client sends
    /// gigabytes for nothing.
    pub(crate) async fn renew(
        &self,
        arn: &RepositoryArn,
        upload: &Upload,
        renewal: &mut Renewal,
    ) -> Result<(), Failure> {
        let now = self.now();
        if now < renewal.0 {
            return Ok(());
        }
        let (arn, id, version) = (arn.clone(), upload.id.clone(), upload.version);
        self.db
            .write(move |tx| {
                if tx.renew_upload(&id, version, now)? { Ok(()) } else { too_late(tx, &arn, &id) }
            })
            .await?;
        *renewal = self.renewal();
        Ok(())
    }

    /// Returns the result of a request on an upload. If it failed because another request took or
    /// ended the upload, it returns that reason, rather than the store's error about the removed
    /// object, and queues the deletion of the written bytes.
    pub(crate) async fn or_overtaken<T>(
        &self,
        arn: &RepositoryArn,
        upload: &Upload,
        outcome: Result<T, Failure>,
    ) -> Result<T, Failure> {
        let failure = match outcome {
            Err(failure @ Failure::Fault(_)) => {
                self.find_overtaker(arn, upload).await.unwrap_or(failure)
            }
            Err(failure) => failure,
            Ok(done) => return Ok(done),
        };
        if let Failure::Refused(Refusal::Upload(
            UploadRefusal::Busy { .. } | UploadRefusal::NotFound { .. },
        )) = failure
        {
            self.disown_object(&upload.object).await;
        }
        Err(failure)
    }

    /// The refusal if the row has changed, or `None`.
    async fn find_overtaker(&self, arn: &RepositoryArn, upload: &Upload) -> Option<Failure> {
        let (arn, upload) = (arn.clone(), upload.clone());
        let found =
            self.db.read(move |tx| match tx.find_upload(upload.repository, &upload.id)? {
                Some(found) if found.version == upload.version => Ok(None),
                Some(_) | None => too_late(tx, &arn, &upload.id).map(Some),
            });
        match found.await {
            Err(refused @ Failure::Refused(_)) => Some(refused),
            Ok(None | Some(())) | Err(Failure::Fault(_)) => None,
        }
    }

    /// Has an object deleted that this request wrote to, unless a row needs it.
    pub(crate) async fn disown_object(&self, object: &ObjectKey) {
        self.disown_object_of(object, StorageClass::Standard).await;
    }

    /// The same for an object in this place.
    pub(crate) async fn disown_object_of(&self, object: &ObjectKey, class: StorageClass) {
        let (wanted, now) = (object.clone(), self.now());
        let queued = self.db.write(move |tx| {
            if !tx.object_is_needed(&wanted)? {
                jobs::enqueue(tx, &DeleteObject::new(&wanted).of(class), now, now)?;
            }
            Ok::<(), Failure>(())
        });
        if let Err(Failure::Fault(fault)) = queued.await {
            let (error, object) = (fault.chain(), object.as_str());
            tracing::warn!(
                object,
                error,
                "an unneeded object may be left; longshore fsck finds it"
            );
        }
    }

    /// Continues an upload whose object holds more than the row records: its writer died, or is
    /// writing at this moment and is not waited for.
    ///
    /// Order: first the row's version, with the new object's name in a job; then the bytes, read
    /// from the old object and sealed again in the new one; then the row, with the old object's
    /// deletion queued and the new one's cancelled.
    pub(crate) async fn take_over(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
        parked: ParkedUpload,
        protection: &Protection,
    ) -> Result<blobs::Upload, Failure> {
        let new = self.new_object(arn, &upload.encryption_key).await?;
        self.take_row(arn, upload, &new.object).await?;
        let object = new.object.clone();
        let moved = self.move_to(arn, upload, parked, protection, new).await;
        if moved.is_err() && upload.object != object {
            self.disown_object(&object).await;
        }
        moved
    }

    async fn take_row(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
        new: &ObjectKey,
    ) -> Result<(), Failure> {
        let (arn, id, version) = (arn.clone(), upload.id.clone(), upload.version);
        let (object, now) = (new.clone(), self.now());
        self.db
            .write(move |tx| {
                if !tx.take_upload(&id, version, now)? {
                    return too_late(tx, &arn, &id);
                }
                Ok(jobs::enqueue(tx, &DeleteObject::new(&object), now.plus(UPLOAD_LIFE), now)?)
            })
            .await?;
        upload.version += 1;
        Ok(())
    }

    async fn move_to(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
        parked: ParkedUpload,
        protection: &Protection,
        new: NewObject,
    ) -> Result<blobs::Upload, Failure> {
        let (object, wrapped) = (new.object.clone(), new.wrapped.clone());
        let resealed = self.blobs.reseal(parked, protection, new).await;
        let bytes = resealed.map_err(|error| of_store(&upload.id, error))?;
        let parked = bytes.park().await?;
        let mut moved = upload.clone();
        (moved.object, moved.wrapped_key) = (object, wrapped);
        moved.progress.parked = parked.to_bytes();
        self.point_at(arn, &moved, &upload.object, New::InJob).await?;
        moved.version += 1;
        *upload = moved;
        let protection = self.protection_for(arn, &upload.object, &upload.wrapped_key).await?;
        let resumed = self.blobs.resume(parked, &protection).await;
        match resumed.map_err(|error| of_store(&upload.id, error))? {
            Resumed::Ready(bytes) => Ok(bytes),
            Resumed::Torn(_) => Err(busy(&upload.id)),
        }
    }

    /// Moves an empty upload to another object, because another request has begun the object it
    /// had.
    pub(crate) async fn begin_elsewhere(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
    ) -> Result<NewObject, Failure> {
        let new = self.new_object(arn, &upload.encryption_key).await?;
        let mut moved = upload.clone();
        (moved.object, moved.wrapped_key) = (new.object.clone(), new.wrapped.clone());
        self.point_at(arn, &moved, &upload.object, New::Unwritten).await?;
        moved.version += 1;
        *upload = moved;
        Ok(new)
    }

    /// Records that an upload continues in another object, and queues the deletion of the old one,
    /// twice: another node may still be writing to it.
    async fn point_at(
        &self,
        arn: &RepositoryArn,
        moved: &Upload,
        old: &ObjectKey,
        new: New,
    ) -> Result<(), Failure> {
        let (arn, moved, old, now) = (arn.clone(), moved.clone(), old.clone(), self.now());
        self.db
            .write(move |tx| {
                if !tx.put_upload_progress(&moved, now)? {
                    return too_late(tx, &arn, &moved.id);
                }
                let object = moved.object.as_str();
                if new == New::InJob && !jobs::take_back::<DeleteObject>(tx, object)? {
                    return Err(busy(&moved.id));
                }
                Ok(jobs::enqueue(tx, &DeleteObject::twice(&old, now), now, now)?)
            })
            .await
    }
}

/// The state of the object that an upload is to continue in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum New {
    /// Bytes, and a job that names it.
    InJob,
    /// Nothing.
    Unwritten,
}

/// The refusal of a request whose upload row has changed, or is gone.
pub(crate) fn too_late<T>(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    id: &UploadId,
) -> Result<T, Failure> {
    Err(match tx.find_upload_activity(id)? {
        Some(_) => busy(id),
        None => upload_not_found(arn, id),
    })
}

/// A failure of the store while an upload is written: that another writes to the object is a
/// refusal.
pub(crate) fn of_store(id: &UploadId, error: StoreError) -> Failure {
    match error {
        StoreError::Busy(_) | StoreError::Exists(_) => busy(id),
        error => error.into(),
    }
}

fn busy(id: &UploadId) -> Failure {
    UploadRefusal::Busy { upload: id.clone() }.into()
}

pub(crate) fn upload_not_found(arn: &RepositoryArn, id: &UploadId) -> Failure {
    UploadRefusal::NotFound { repository: arn.clone(), upload: id.as_str().to_owned() }.into()
}
