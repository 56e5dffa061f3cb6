//! Writes a copy of an image's manifest to an object, so that rows can be rebuilt from objects alone.
//!
//! The object's key is in an `image_record` row before the job runs. The job writes only while the row is
//! there, and looks again afterwards: if the row went meanwhile, so does the object. A job that runs twice
//! finds its object there and is done.

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

/// Forgets a record and has its object deleted.
pub(crate) fn drop_object(
    tx: &mut Tx<'_>,
    object: &ObjectKey,
    now: Timestamp,
) -> Result<(), Failure> {
    tx.delete_image_record(object)?;
    jobs::forget::<RecordImage>(tx, object.as_str())?;
    Ok(jobs::enqueue(tx, &DeleteObject::new(object), now, now)?)
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
        let Some((recorded, (registry, name))) = found else { return Ok(Outcome::Done) };
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
        let manifest = Bytes::from(recorded.manifest);
        match self.write_object(&object, manifest, &recorded.digest, &description).await {
            Ok(()) => {}
            Err(Failure::Fault(fault)) => {
                // A torn object of an earlier run is in the way: it goes, and the next run writes.
                self.blobs.delete(&object).await?;
                return Err(Failure::Fault(fault));
            }
            Err(refused) => return Err(refused),
        }
        self.keep_only_if_recorded(&object).await
    }

    async fn write_object(
        &self,
        object: &ObjectKey,
        bytes: Bytes,
        digest: &names::Digest,
        description: &ImageDescription,
    ) -> Result<(), Failure> {
        match self.blobs.inspect(object).await {
            Ok(_) => return Ok(()),
            Err(StoreError::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
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
