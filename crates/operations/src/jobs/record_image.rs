//! Writes a copy of an image's manifest to an object, so that rows can be rebuilt from objects alone.
//!
//! The object's key is in an `image_record` row before the job runs. The job writes only while the row is
//! there, and looks again afterwards: if the row went meanwhile, so does the object. A job that runs twice
//! finds its object there and is done.
//!
//! An object that somebody began and did not finish is never written again, nor deleted under the row: a run that is
//! thought dead may be paused, and may yet finish it. The row is pointed at another object, with a job of its own, and the first
//! is deleted. Whoever wakes then finds that its object is no record any more, and has it deleted once more.
//!
//! The job stays when its row goes: a run that dies after writing is run again, finds no row, and deletes. Once the job
//! has ended, only a run that slept for longer than its lease and is killed between writing and looking leaves an object; `fsck`
//! finds it.

use blobs::{CommitError, NewObject, StoreError};
use bytes::Bytes;
use db::{RepositoryKey, Tx};
use jobs::{Job, Lane, Outcome};
use names::{ObjectKey, Timestamp};
use serde::{Deserialize, Serialize};

use super::delete_object::DeleteObject;
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct RecordImage {
    object: String,
    repository: i64,
}

impl Job for RecordImage {
    const NAME: &'static str = "record_image";
    const LANE: Lane = Lane::Records;

    fn subject(&self) -> String {
        self.object.clone()
    }
}

impl RecordImage {
    pub(crate) fn new(object: &ObjectKey, repository: RepositoryKey) -> Self {
        Self { object: object.as_str().to_owned(), repository: repository.0 }
    }
}

/// What an object that holds a manifest says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ImageDescription {
    pub(crate) kind: String,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) repository: String,
    pub(crate) media_type: String,
    pub(crate) tag: Option<String>,
    pub(crate) pushed_at: i64,
    pub(crate) recorded_at: i64,
}

pub(crate) const IMAGE_KIND: &str = "image";

/// How far an earlier run came.
enum Written {
    Whole,
    Torn,
    Not,
}

/// Forgets a record and has its object deleted.
pub(crate) fn drop_object(
    tx: &mut Tx<'_>,
    object: &ObjectKey,
    now: Timestamp,
) -> Result<(), Failure> {
    tx.delete_image_record(object)?;
    // While its job is known, the object may be on its way to the store.
    let is_settled = !tx.job_is_known(RecordImage::NAME, object.as_str())?;
    let job = if is_settled { DeleteObject::new(object) } else { DeleteObject::twice(object, now) };
    Ok(jobs::enqueue(tx, &job, now, now)?)
}

impl Operations {
    pub(super) async fn record_image(&self, job: RecordImage) -> Result<Outcome, Failure> {
        let Ok(object) = ObjectKey::parse(&job.object) else { return Ok(Outcome::Done) };
        let now = self.now();
        let (repository, wanted) = (RepositoryKey(job.repository), object.clone());
        let found = self
            .db
            .read(move |tx| {
                let record = tx.find_recorded_image(&wanted)?;
                let registry = tx.find_registry_of(repository)?;
                Ok::<_, Failure>(record.zip(registry))
            })
            .await?;
        let Some((recorded, (registry, name))) = found else {
            self.blobs.delete(&object).await?;
            return Ok(Outcome::Done);
        };
        let description = ImageDescription {
            kind: IMAGE_KIND.to_owned(),
            account: registry.account.as_str().to_owned(),
            region: registry.region.as_str().to_owned(),
            repository: name.as_str().to_owned(),
            media_type: recorded.media_type.as_str().to_owned(),
            tag: recorded.tag.map(|tag| tag.as_str().to_owned()),
            pushed_at: recorded.pushed_at.as_micros(),
            recorded_at: now.as_micros(),
        };
        match self.find_written(&object).await? {
            Written::Whole => {}
            Written::Torn => return self.record_elsewhere(&object, repository).await,
            Written::Not => {
                let manifest = Bytes::from(recorded.manifest);
                self.write_object(&object, manifest, &recorded.digest, &description).await?;
            }
        }
        self.keep_only_if_recorded(&object).await
    }

    async fn find_written(&self, object: &ObjectKey) -> Result<Written, Failure> {
        match self.blobs.inspect(object).await {
            Ok(_) => Ok(Written::Whole),
            Err(StoreError::NotFound(_) | StoreError::Corrupt { .. }) => {
                let is_used = self.blobs.is_used(object).await?;
                Ok(if is_used { Written::Torn } else { Written::Not })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Has the record written to another object.
    async fn record_elsewhere(
        &self,
        torn: &ObjectKey,
        repository: RepositoryKey,
    ) -> Result<Outcome, Failure> {
        let new = ObjectKey::from_random(keys::random());
        let (torn, now) = (torn.clone(), self.now());
        self.db
            .write(move |tx| {
                if tx.move_image_record(&torn, &new)? {
                    jobs::enqueue(tx, &RecordImage::new(&new, repository), now, now)?;
                }
                jobs::enqueue(tx, &DeleteObject::twice(&torn, now), now, now)?;
                Ok(Outcome::Done)
            })
            .await
    }

    async fn write_object(
        &self,
        object: &ObjectKey,
        bytes: Bytes,
        digest: &names::Digest,
        description: &ImageDescription,
    ) -> Result<(), Failure> {
        let NewObject { protection, wrapped, .. } = self.new_object_at(object);
        let new = NewObject { object: object.clone(), protection, wrapped };
        let mut upload = self.blobs.begin(new, digest.algorithm())?;
        upload.append(bytes).await?;
        let description = serde_json::to_vec(description).expect("plain data");
        match upload.commit(digest, &description).await {
            Ok(_) => Ok(()),
            Err(CommitError::Store(error)) => Err(error.into()),
            Err(CommitError::DigestMismatch { .. }) => {
                Err(Failure::from(db::DbError::Corrupt { column: "image.manifest" }))
            }
        }
    }

    async fn keep_only_if_recorded(&self, object: &ObjectKey) -> Result<Outcome, Failure> {
        let (wanted, now) = (object.clone(), self.now());
        self.db
            .write(move |tx| {
                if tx.find_recorded_image(&wanted)?.is_none() {
                    jobs::enqueue(tx, &DeleteObject::new(&wanted), now, now)?;
                }
                Ok(Outcome::Done)
            })
            .await
    }
}
