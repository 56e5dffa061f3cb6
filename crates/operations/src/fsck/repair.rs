use db::{BlobKey, ImageKey, JobRetried, RepositoryKey, Tx};
use names::{ImageTag, ObjectKey, Timestamp};

use super::{Finding, Holder, Leftover};
use crate::image::recording::record;
use crate::jobs::abandon_upload::AbandonUpload;
use crate::jobs::erase_repository::EraseRepository;
use crate::jobs::forget_deleted_images::ForgetDeletedImages;
use crate::jobs::move_blob::MoveBlob;
use crate::jobs::reclaim_blob::ReclaimBlob;
use crate::jobs::record_image::drop_object;
use crate::jobs::review_repository_blob::ReviewRepositoryBlob;
use crate::{Failure, Operations};

/// The result of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repaired {
    /// It is repaired, or a job is queued that repairs it.
    Yes,
    /// Nothing can be done here without losing something, or it was already repaired.
    No,
}

/// Repairs one finding of a check, if that cannot lose anything. An unknown object is deleted: pass
/// that finding only if the operator asked for it.
pub async fn repair(operations: &Operations, finding: &Finding) -> Result<Repaired, Failure> {
    match finding {
        Finding::UnknownObject { object } => operations.delete_unknown_object(object).await,
        Finding::TagCountWrong { image, .. } => operations.recount_tags(*image).await,
        Finding::Unrecorded { image, repository, tag, .. } => {
            operations.record_again(None, *repository, *image, tag.clone()).await
        }
        Finding::ObjectMissing { holder, object }
        | Finding::ObjectDamaged { holder, object, .. } => match holder {
            Holder::Record { image, repository, tag, .. } => {
                operations.record_again(Some(object), *repository, *image, tag.clone()).await
            }
            // Nothing here can bring it back, but the next push of it will.
            Holder::Layer(_) => {
                operations.note_damage(vec![object.clone()]).await?;
                Ok(Repaired::No)
            }
        },
        Finding::NotDamaged { object, .. } => operations.forget_damage(object).await,
        Finding::RecordAstray { object, .. } => operations.forget_record(object).await,
        Finding::NobodyReclaims(leftover) => operations.reclaim_leftover(leftover).await,
        Finding::JobGivenUp { id, .. } => operations.revive_job(*id).await,
        Finding::BytesArchived { blobs, .. } => operations.bring_back(blobs).await,
        Finding::TotalWrong { .. } => {
            operations.recount().await.map_err(Failure::from)?;
            Ok(Repaired::Yes)
        }
        Finding::DatabaseDamaged { .. }
        | Finding::RightDiffers { .. }
        | Finding::ManifestDamaged { .. }
        | Finding::ManifestUnreadable { .. }
        | Finding::ReferencesDiffer { .. }
        | Finding::LayerMissing { .. }
        | Finding::ChildMissing { .. }
        | Finding::TagAstray { .. }
        | Finding::Unrestorable { .. }
        | Finding::KeyUnusable { .. }
        | Finding::UploadTorn { .. }
        | Finding::UploadDamaged { .. } => Ok(Repaired::No),
    }
}

impl Operations {
    async fn delete_unknown_object(&self, object: &ObjectKey) -> Result<Repaired, Failure> {
        let wanted = object.clone();
        let known = self.db.read(move |tx| tx.object_is_known(&wanted)).await;
        if known.map_err(Failure::from)? {
            return Ok(Repaired::No);
        }
        for (_, blobs) in self.places() {
            blobs.delete(object).await?;
        }
        Ok(Repaired::Yes)
    }

    async fn forget_damage(&self, object: &ObjectKey) -> Result<Repaired, Failure> {
        let object = object.clone();
        let forget = move |tx: &mut Tx<'_>| tx.forget_damage(&object);
        self.db.write(forget).await.map_err(|error: db::DbError| Failure::from(error))?;
        Ok(Repaired::Yes)
    }

    async fn bring_back(&self, blobs: &[BlobKey]) -> Result<Repaired, Failure> {
        let (blobs, now) = (blobs.to_vec(), self.now());
        let queue = move |tx: &mut Tx<'_>| {
            blobs.iter().try_for_each(|blob| jobs::enqueue(tx, &MoveBlob::new(*blob), now, now))
        };
        self.db.write(queue).await.map_err(|error: db::DbError| Failure::from(error))?;
        Ok(Repaired::Yes)
    }

    async fn recount_tags(&self, image: ImageKey) -> Result<Repaired, Failure> {
        self.db.write(move |tx| tx.recount_tags(image)).await.map_err(Failure::from)?;
        Ok(Repaired::Yes)
    }

    /// Has an image recorded in a new object, in place of one that is no good.
    async fn record_again(
        &self,
        before: Option<&ObjectKey>,
        repository: RepositoryKey,
        image: ImageKey,
        tag: Option<ImageTag>,
    ) -> Result<Repaired, Failure> {
        let (before, now) = (before.cloned(), self.now());
        self.db
            .write(move |tx| {
                if let Some(before) = &before {
                    drop_object(tx, before, now)?;
                }
                record(tx, repository, image, tag.as_ref(), now)?;
                Ok(Repaired::Yes)
            })
            .await
    }

    async fn forget_record(&self, object: &ObjectKey) -> Result<Repaired, Failure> {
        let (object, now) = (object.clone(), self.now());
        self.db.write(move |tx| drop_object(tx, &object, now).map(|()| Repaired::Yes)).await
    }

    async fn reclaim_leftover(&self, leftover: &Leftover) -> Result<Repaired, Failure> {
        let (leftover, now) = (leftover.clone(), self.now());
        self.db.write(move |tx| queue_reclaiming(tx, &leftover, now)).await
    }

    async fn revive_job(&self, id: i64) -> Result<Repaired, Failure> {
        let retried = self.retry_job(id).await?;
        Ok(if retried == JobRetried::Due { Repaired::Yes } else { Repaired::No })
    }
}

/// Queues the job that deletes something. The job itself checks whether it is due.
fn queue_reclaiming(
    tx: &mut Tx<'_>,
    leftover: &Leftover,
    now: Timestamp,
) -> Result<Repaired, Failure> {
    match leftover {
        Leftover::Blob(blob, _) => jobs::enqueue(tx, &ReclaimBlob::new(*blob), now, now)?,
        Leftover::Right(repository, digest) => {
            jobs::enqueue(tx, &ReviewRepositoryBlob::new(*repository, digest), now, now)?;
        }
        Leftover::Upload(id) => {
            jobs::enqueue(tx, &AbandonUpload { upload: id.as_str().to_owned() }, now, now)?;
        }
        Leftover::Repository(key) => {
            jobs::enqueue(tx, &EraseRepository { repository: key.0 }, now, now)?;
        }
        Leftover::DeletedImages(key) => {
            jobs::enqueue(tx, &ForgetDeletedImages::new(*key), now, now)?;
        }
    }
    Ok(Repaired::Yes)
}
