//! Writes a copy of an image's manifest to an object, so that rows can be rebuilt from objects
//! alone.
//!
//! The object's key is in an `image_record` row before the job runs. The job writes only while the
//! row exists, and checks again afterwards: if the row is gone, it deletes the object. A job that
//! runs twice finds its object and is done.
//!
//! An object that was begun and not finished is never written again, nor deleted under its row: a
//! run that seems dead may be paused, and may yet finish it. The row is pointed at another object,
//! with its own job, and the first object is deleted. A run that wakes up then finds that its
//! object is no longer a record, and queues its deletion once more.
//!
//! A repository can be put under another key while a copy is written. So the job looks at the key
//! again when the copy is there, and has one under the key before written anew. `rekey_repository`
//! puts the repository under its key first and looks at the copies afterwards: one of the two finds
//! every copy.
//!
//! The job stays when its row is deleted: a run that dies after writing is run again, finds no row,
//! and deletes the object. Once the job has ended, only a run that slept for longer than its lease
//! and is killed between writing and checking leaves an object; `fsck` finds it.

use blobs::{CommitError, Footer, NewObject, StoreError};
use bytes::Bytes;
use db::{DbError, RecordedImage, RepositoryKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use keys::customer_keys::CustomerWrapped;
use names::{
    Digest, KmsKeyArn, ObjectKey, RegistryId, RepositoryArn, RepositoryName, Timestamp, WrappedKey,
};
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
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.object.clone()
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

impl RecordImage {
    pub(crate) fn new(object: &ObjectKey, repository: RepositoryKey) -> Self {
        Self { object: object.as_str().to_owned(), repository: repository.0 }
    }
}

/// The description in an object that holds a manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ImageDescription {
    pub(crate) kind: String,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) repository: String,
    pub(crate) media_type: String,
    pub(crate) tag: Option<String>,
    pub(crate) pushed_at: i64,
    pub(crate) recorded_at: i64,
    /// The KMS key of its repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
}

pub(crate) const IMAGE_KIND: &str = "image";

impl ImageDescription {
    /// The description of an image in its record.
    pub(crate) fn of(
        registry: &RegistryId,
        repository: &RepositoryName,
        recorded: &RecordedImage,
        now: Timestamp,
    ) -> Self {
        Self {
            kind: IMAGE_KIND.to_owned(),
            account: registry.account.as_str().to_owned(),
            region: registry.region.as_str().to_owned(),
            repository: repository.as_str().to_owned(),
            media_type: recorded.media_type.as_str().to_owned(),
            tag: recorded.tag.as_ref().map(|tag| tag.as_str().to_owned()),
            pushed_at: recorded.pushed_at.as_micros(),
            recorded_at: now.as_micros(),
            key: None,
        }
    }
}

/// The content of a record's object according to the rows.
#[derive(Debug, Clone)]
pub(crate) struct WantedRecord {
    pub(crate) digest: Digest,
    description: ImageDescription,
}

impl WantedRecord {
    /// The expected content of this object, if any row names it.
    pub(crate) fn find(
        tx: &mut Tx<'_>,
        object: &ObjectKey,
        repository: RepositoryKey,
    ) -> Result<Option<Self>, DbError> {
        let Some(recorded) = tx.find_recorded_image(object)? else { return Ok(None) };
        let Some((registry, name)) = tx.find_registry_of(repository)? else { return Ok(None) };
        let description = ImageDescription::of(&registry, &name, &recorded, recorded.pushed_at);
        Ok(Some(Self { digest: recorded.digest, description }))
    }

    /// What the object contains instead, if it differs. An unsealed record may have been forged by
    /// anyone who can write to the store.
    pub(crate) fn contradiction(&self, footer: &Footer) -> Option<String> {
        if footer.digest != self.digest {
            return Some(format!("it holds {}", footer.digest));
        }
        let told = serde_json::from_slice::<ImageDescription>(&footer.description).ok();
        let same = |told: &ImageDescription| {
            let (a, b) = (told, &self.description);
            (&a.kind, &a.account, &a.region, &a.repository, &a.media_type, &a.tag)
                == (&b.kind, &b.account, &b.region, &b.repository, &b.media_type, &b.tag)
        };
        match told {
            Some(told) if same(&told) => None,
            Some(told) => {
                let tag = told.tag.map_or_else(String::new, |tag| format!(":{tag}"));
                Some(format!("it says that it is the record of {}{tag}", told.repository))
            }
            None => Some("it does not say what it records".to_owned()),
        }
    }
}

/// The progress of an earlier run.
enum Written {
    /// All of it, under this KMS key.
    Whole(Option<KmsKeyArn>),
    Torn,
    Not,
}

/// Forgets a record and has its object deleted.
pub(crate) fn drop_object(
    tx: &mut Tx<'_>,
    object: &ObjectKey,
    now: Timestamp,
) -> Result<(), Failure> {
    drop_objects(tx, &[object], now)
}

/// The same for several.
pub(crate) fn drop_objects(
    tx: &mut Tx<'_>,
    objects: &[&ObjectKey],
    now: Timestamp,
) -> Result<(), Failure> {
    let subjects: Vec<&str> = objects.iter().map(|object| object.as_str()).collect();
    // While its job exists, the object may be on its way to the store.
    let unsettled = tx.jobs_are_known(RecordImage::NAME, &subjects)?;
    for (object, is_unsettled) in objects.iter().zip(unsettled) {
        tx.delete_image_record(object)?;
        let job =
            if is_unsettled { DeleteObject::twice(object, now) } else { DeleteObject::new(object) };
        jobs::enqueue(tx, &job, now, now)?;
    }
    Ok(())
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
                let key = tx.find_encryption_key(repository)?;
                Ok::<_, Failure>(record.zip(registry.zip(key)))
            })
            .await?;
        let Some((recorded, ((registry, name), key))) = found else {
            self.blobs.delete(&object).await?;
            return Ok(Outcome::Done);
        };
        let mut description = ImageDescription::of(&registry, &name, &recorded, now);
        description.key = key.kms().map(|kms| kms.to_string());
        let arn = RepositoryArn { registry, repository: name };
        let mut under = key.kms();
        match self.find_written(&object).await? {
            Written::Whole(found) => under = found,
            Written::Torn => return self.record_elsewhere(&object, repository).await,
            Written::Not => {
                let manifest = Bytes::from(recorded.manifest);
                let new = self.new_object_at(&object, &arn, &key).await?;
                self.write_object(new, manifest, &recorded.digest, &description).await?;
            }
        }
        self.keep_only_if_recorded(&object, repository, under).await
    }

    async fn find_written(&self, object: &ObjectKey) -> Result<Written, Failure> {
        match self.blobs.inspect(object).await {
            Ok(stored) => Ok(Written::Whole(kms_key_of(&stored.wrapped))),
            Err(StoreError::NotFound(_) | StoreError::Corrupt { .. }) => {
                let is_used = self.blobs.is_used(object).await?;
                Ok(if is_used { Written::Torn } else { Written::Not })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Has the record written to another object.
    pub(super) async fn record_elsewhere(
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
        new: NewObject,
        bytes: Bytes,
        digest: &Digest,
        description: &ImageDescription,
    ) -> Result<(), Failure> {
        let mut upload = self.blobs.begin(new, digest.algorithm())?;
        upload.append(bytes).await?;
        let description = serde_json::to_vec(description).expect("plain data");
        match upload.commit(digest, &description).await {
            Ok(_) => Ok(()),
            Err(CommitError::Store(error)) => Err(error.into()),
            Err(CommitError::DigestMismatch { .. }) => {
                Err(Failure::from(DbError::Corrupt { column: "image.manifest" }))
            }
        }
    }

    async fn keep_only_if_recorded(
        &self,
        object: &ObjectKey,
        repository: RepositoryKey,
        under: Option<KmsKeyArn>,
    ) -> Result<Outcome, Failure> {
        let (wanted, now) = (object.clone(), self.now());
        let is_right: Result<_, Failure> = self
            .db
            .write(move |tx| {
                if tx.find_recorded_image(&wanted)?.is_none() {
                    jobs::enqueue(tx, &DeleteObject::new(&wanted), now, now)?;
                    return Ok(true);
                }
                let key = tx.find_encryption_key(repository)?;
                Ok(key.is_none_or(|key| key.kms() == under))
            })
            .await;
        if is_right? {
            return Ok(Outcome::Done);
        }
        self.record_elsewhere(object, repository).await
    }
}

/// The KMS key under which an object is; `None` if it is under the registry's own.
pub(super) fn kms_key_of(wrapped: &WrappedKey) -> Option<KmsKeyArn> {
    CustomerWrapped::read(wrapped).map(|wrapped| wrapped.key)
}
