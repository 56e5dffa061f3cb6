//! Encrypts what a repository holds again, under the key that it was put under.
//!
//! Order:
//! 1. The layers under other keys are counted, so that progress can be told.
//! 2. Each of them is read, sealed again in a new object under the new key, and the repository's
//!    right is pointed at that (`layer/rekeying.rs`). If the registry has the same bytes under the
//!    new key already, the right is pointed at those.
//! 3. The copy of each image's manifest is written again, by its own job.
//! 4. If nothing is left, nor any upload under another key, the grants on the key before are
//!    retired.
//!
//! A page of the rows at a time; the row of the change says where to continue. Objects are
//! immutable, with the wrapped key in their header, so every layer is encrypted again: the owner of
//! the key before must not be able to read what the repository holds from now on.
//!
//! # On a crash
//! Every layer has one complete object at any time, under the one key or the other. The next run
//! begins with the page that was not finished, and finds out for each layer what is left to do.

use std::time::Duration;

use db::{ImageKey, Rekey, Repository, RepositoryKey, Tx};
use iam::service_grants::retire_from_ecr;
use jobs::{Job, Lane, Moves, Outcome};
use names::{EncryptionKey, ObjectKey, RekeyStage, RepositoryArn, Timestamp};
use serde::{Deserialize, Serialize};

use super::record_image::kms_key_of;
use crate::layer::rekeying::RekeyedLayer;
use crate::{Failure, ImageFilter, Operations, TagStatus};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct RekeyRepository {
    repository: i64,
}

impl Job for RekeyRepository {
    const NAME: &'static str = "rekey_repository";
    const LANE: Lane = Lane::Archiving;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.repository.to_string()
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

impl RekeyRepository {
    pub(crate) fn new(repository: RepositoryKey) -> Self {
        Self { repository: repository.0 }
    }
}

/// How many layers are counted together.
const COUNTED: u32 = 500;

/// How many layers one run encrypts.
const LAYERS: u32 = 16;

/// The copies of how many images one run looks at.
const IMAGES: u32 = 64;

/// How often it is looked whether uploads under the key before have ended.
const UPLOADS_PAUSE: Duration = Duration::from_mins(1);

/// A repository whose key is being changed.
struct Changing {
    arn: RepositoryArn,
    repository: Repository,
    rekey: Rekey,
}

impl Operations {
    pub(super) async fn rekey_repository_in_steps(
        &self,
        job: RekeyRepository,
    ) -> Result<Outcome, Failure> {
        let key = RepositoryKey(job.repository);
        let find = move |tx: &mut Tx<'_>| find_changing(tx, key);
        let Some(changing) = self.db.read(find).await? else { return Ok(Outcome::Done) };
        match changing.rekey.stage {
            RekeyStage::Counting => self.count_layers(changing).await,
            RekeyStage::Layers => self.rekey_layers(changing).await,
            RekeyStage::Records => self.rekey_records(changing).await,
            RekeyStage::Done => Ok(Outcome::Done),
        }
    }

    async fn count_layers(&self, changing: Changing) -> Result<Outcome, Failure> {
        let now = self.now();
        self.write_progress(changing, move |tx, repository, rekey| {
            let page = tx.list_layers_under_other_keys(
                repository.key,
                &rekey.to_key,
                &rekey.position,
                COUNTED,
            )?;
            rekey.layers += page.len() as u64;
            rekey.bytes += page.iter().map(|(_, _, bytes)| bytes).sum::<u64>();
            match page.last() {
                Some((last, ..)) => last.as_str().clone_into(&mut rekey.position),
                None => go_to(rekey, RekeyStage::Layers),
            }
            Ok(Outcome::Again(now))
        })
        .await
    }

    async fn rekey_layers(&self, changing: Changing) -> Result<Outcome, Failure> {
        let Changing { arn, repository, rekey } = &changing;
        let (key, to, after) = (repository.key, rekey.to_key.clone(), rekey.position.clone());
        let list = move |tx: &mut Tx<'_>| tx.list_layers_under_other_keys(key, &to, &after, LAYERS);
        let page = self.db.read(list).await.map_err(Failure::from)?;
        let is_last = page.is_empty();
        let mut outcome = Ok(());
        for (digest, blob, _) in page {
            let layer =
                RekeyedLayer { arn, repository: key, to: &rekey.to_key, digest: &digest, blob };
            // A layer that cannot be read does not hold up the others.
            outcome = outcome.and(self.rekey_layer(layer).await);
        }
        outcome?;
        if !is_last {
            return Ok(Outcome::Again(self.now()));
        }
        let now = self.now();
        self.write_progress(changing, move |_, _, rekey| {
            go_to(rekey, RekeyStage::Records);
            Ok(Outcome::Again(now))
        })
        .await
    }

    async fn rekey_records(&self, changing: Changing) -> Result<Outcome, Failure> {
        let key = changing.repository.key;
        let after = ImageKey(changing.rekey.position.parse().unwrap_or(0));
        let find = move |tx: &mut Tx<'_>| {
            let every = ImageFilter { status: None, tags: TagStatus::Any };
            let mut found = Vec::new();
            for image in tx.list_images(key, every, Some(after), IMAGES)? {
                found.push((image.key, tx.list_image_records(image.key)?));
            }
            Ok::<_, Failure>(found)
        };
        let page = self.db.read(find).await?;
        for record in page.iter().flat_map(|(_, records)| records) {
            if self.is_under_another_key(&record.object, &changing.rekey.to_key).await? {
                self.record_elsewhere(&record.object, key).await?;
            }
        }
        let (last, done) = (page.last().map(|(image, _)| image.0), page.len() as u64);
        let now = self.now();
        self.write_progress(changing, move |tx, repository, rekey| {
            rekey.images_done += done;
            match last {
                Some(last) => {
                    rekey.position = last.to_string();
                    Ok(Outcome::Again(now))
                }
                None => end(tx, repository, rekey, now),
            }
        })
        .await
    }

    /// Whether an object that holds the copy of a manifest is under another key. The job of one
    /// that is not written yet looks at the repository's key when it has written it.
    async fn is_under_another_key(
        &self,
        object: &ObjectKey,
        key: &EncryptionKey,
    ) -> Result<bool, Failure> {
        match self.blobs.inspect(object).await {
            Ok(stored) => Ok(kms_key_of(&stored.wrapped) != key.kms()),
            Err(blobs::StoreError::NotFound(_) | blobs::StoreError::Corrupt { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes down how far the change is, unless the repository or its key changed meanwhile.
    async fn write_progress(
        &self,
        changing: Changing,
        mut step: impl FnMut(&mut Tx<'_>, &Repository, &mut Rekey) -> Result<Outcome, Failure>
        + Send
        + 'static,
    ) -> Result<Outcome, Failure> {
        let before = changing.rekey;
        let key = changing.repository.key;
        self.db
            .write(move |tx| {
                let Some(mut now) = find_changing(tx, key)? else { return Ok(Outcome::Done) };
                if (now.rekey.stage, &now.rekey.position) != (before.stage, &before.position) {
                    // Another run was faster.
                    return Ok(Outcome::Again(now.rekey.begun_at));
                }
                let outcome = step(tx, &now.repository, &mut now.rekey)?;
                tx.put_rekey(key, &now.rekey)?;
                Ok(outcome)
            })
            .await
    }
}

fn find_changing(tx: &mut Tx<'_>, key: RepositoryKey) -> Result<Option<Changing>, Failure> {
    let Some(repository) = tx.find_repository_by_key(key)? else { return Ok(None) };
    let Some((registry, name)) = tx.find_registry_of(key)? else { return Ok(None) };
    let rekey = tx.find_rekey(key)?.filter(|rekey| rekey.ended_at.is_none());
    let arn = RepositoryArn { registry, repository: name };
    Ok(rekey.map(|rekey| Changing { arn, repository, rekey }))
}

fn go_to(rekey: &mut Rekey, stage: RekeyStage) {
    rekey.stage = stage;
    rekey.position.clear();
}

/// Ends the change if nothing is under another key any more.
fn end(
    tx: &mut Tx<'_>,
    repository: &Repository,
    rekey: &mut Rekey,
    now: Timestamp,
) -> Result<Outcome, Failure> {
    let (key, to) = (repository.key, &rekey.to_key);
    if !tx.list_layers_under_other_keys(key, to, "", 1)?.is_empty() {
        // Of an upload that had begun before.
        go_to(rekey, RekeyStage::Counting);
        rekey.images_done = 0;
        return Ok(Outcome::Again(now));
    }
    if tx.has_upload_under_another_key(key, to)? {
        return Ok(Outcome::Waits {
            until: now.plus(UPLOADS_PAUSE),
            signal: None,
            because: "an upload that began under the key before has not ended".to_owned(),
        });
    }
    if let Some(kms) = rekey.from_key.kms() {
        retire_from_ecr(tx, &kms.id, &rekey.kms_grants)?;
    }
    go_to(rekey, RekeyStage::Done);
    rekey.ended_at = Some(now);
    Ok(Outcome::Done)
}
