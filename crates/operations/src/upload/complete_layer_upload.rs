//! CompleteLayerUpload, which is `PUT …/blobs/uploads/ID?digest=D` at the OCI door, and, together
//! with InitiateLayerUpload, `POST …/blobs/uploads/?digest=D`.

use blobs::{CommitError, Receipt};
use db::{Blob, BlobKey, DbError, NewBlob, Repository, Tx, Upload};
use names::{Algorithm, Digest, EncryptionKey, RepositoryArn, StorageClass, Timestamp, UploadId};
use serde::{Deserialize, Serialize};

use super::append_to_upload::{Chunk, Door, require_in_order, settle};
use super::find_upload::Goes;
use crate::jobs::abandon_upload::AbandonUpload;
use crate::jobs::delete_object::DeleteObject;
use crate::jobs::reclaim_blob::ReclaimBlob;
use crate::jobs::review_repository_blob::review_later;
use crate::jobs::{GRACE, LEASE};
use crate::operations::require_repository;
use crate::upload::turns::{of_store, too_late};
use crate::{Failure, Operations, Refusal, UploadRefusal};

/// How an upload is to end.
pub struct Completion {
    /// The digest of all of its bytes.
    pub digest: Digest,
    /// The rest of the bytes.
    pub rest: Option<Chunk>,
    /// Which door's rules hold.
    pub door: Door,
    /// Whether the caller may see which layers the repository holds.
    pub may_see_layers: bool,
}

/// Is the layer new to the repository?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewLayer {
    /// Yes.
    Yes,
    /// The repository had it already.
    No,
}

/// The description in an object that holds a layer, from which its row can be recreated.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LayerDescription {
    pub(crate) kind: String,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) repository: String,
    pub(crate) key: String,
}

pub(crate) const LAYER_KIND: &str = "layer";

impl LayerDescription {
    /// Of a layer that this repository got, under this key.
    pub(crate) fn of(arn: &RepositoryArn, key: &EncryptionKey) -> Self {
        Self {
            kind: LAYER_KIND.to_owned(),
            account: arn.registry.account.as_str().to_owned(),
            region: arn.registry.region.as_str().to_owned(),
            repository: arn.repository.as_str().to_owned(),
            key: key.as_str().to_owned(),
        }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("plain data")
    }
}

impl Operations {
    /// Completes an upload: its bytes hash to the digest and are durable, and the repository holds
    /// the layer.
    ///
    /// A client whose answer was lost retries when the upload is already gone. The retry succeeds
    /// as long as the repository holds the layer; as with every such promise, its lease is renewed.
    /// Since ended uploads are not remembered, every id without an upload is such a retry: only a
    /// caller that may see layers anyway gets this answer.
    pub async fn complete_layer_upload(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
        completion: Completion,
    ) -> Result<NewLayer, Failure> {
        self.require_writable()?;
        let (digest, may_see_layers) = (completion.digest.clone(), completion.may_see_layers);
        match self.complete_open_upload(arn, id, completion).await {
            Err(gone @ Failure::Refused(Refusal::Upload(UploadRefusal::NotFound { .. })))
                if may_see_layers =>
            {
                let held = self.head_blob(arn, &digest).await?;
                held.map(|_| NewLayer::No).ok_or(gone)
            }
            ended => ended,
        }
    }

    async fn complete_open_upload(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
        completion: Completion,
    ) -> Result<NewLayer, Failure> {
        let Completion { digest, rest, door, may_see_layers: _ } = completion;
        let _claim =
            self.claims.claim(id).ok_or_else(|| UploadRefusal::Busy { upload: id.clone() })?;
        let mut upload = self.require_upload(arn, id).await?;
        require_in_order(arn, &upload, rest.as_ref().and_then(|rest| rest.first_byte))?;
        if door == Door::Aws {
            require_parts(arn, &upload)?;
        }
        let finished = self.finish(arn, &mut upload, rest, &digest).await;
        let finished = match finished {
            Err(Failure::Fault(_)) if self.has_ended_with(arn, &upload, &digest).await => {
                Ok(NewLayer::Yes)
            }
            finished => finished,
        };
        self.or_overtaken(arn, &upload, finished).await
    }

    /// Whether a commit succeeded in spite of a fault. A connection that was lost during the commit
    /// leaves that open. If it did, the upload is gone, and the repository has the layer, with the
    /// lease that a client needs.
    async fn has_ended_with(&self, arn: &RepositoryArn, upload: &Upload, digest: &Digest) -> bool {
        let (arn, id, digest) = (arn.clone(), upload.id.clone(), digest.clone());
        let long_enough = self.now().plus(LEASE / 2);
        let found = self.db.read(move |tx| {
            let repository = require_repository(tx, &arn)?;
            let is_open = tx.find_upload(repository.key, &id)?.is_some();
            let layer = tx.find_attached_blob(repository.key, &digest)?;
            Ok::<_, Failure>(!is_open && layer.is_some_and(|layer| layer.lease_until > long_enough))
        });
        found.await.unwrap_or(false)
    }

    /// `upload` is left with the object that was written to.
    async fn finish(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
        rest: Option<Chunk>,
        digest: &Digest,
    ) -> Result<NewLayer, Failure> {
        let mut bytes = self.resume_upload(arn, upload, Goes::ToStore).await?;
        if let Some(rest) = rest
            && let Err(failure) = self.receive(arn, upload, &mut bytes, rest).await
        {
            settle(bytes).await;
            return Err(failure);
        }
        match self.commit(arn, upload, bytes, digest).await {
            Ok(receipt) => {
                // The key may have been taken away while the store took the bytes.
                self.require_usable_key(arn, &upload.encryption_key).await?;
                self.attach_receipt(arn, upload.clone(), receipt).await
            }
            Err(Failure::Refused(Refusal::Upload(
                refusal @ UploadRefusal::DigestDiffers { .. },
            ))) if digest.algorithm() != Algorithm::Sha256 => {
                // A digest that was not computed while streaming is compared with the finished
                // object. A mismatch deletes that object, so there is nothing to continue with.
                self.end_upload(arn, &upload.id).await?;
                Err(refusal.into())
            }
            Err(failure) => Err(failure),
        }
    }

    /// Begins and ends an upload with one body. Its row exists before the first byte and is gone
    /// after the last, even if the bytes are refused.
    pub async fn upload_layer(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
        body: Chunk,
    ) -> Result<NewLayer, Failure> {
        let id = self.initiate_layer_upload(arn).await?;
        self.upload_layer_into(arn, &id, digest, body).await
    }

    /// Ends an upload, which was just begun, with one body. It is gone after that, even if the
    /// bytes are refused.
    pub async fn upload_layer_into(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
        digest: &Digest,
        body: Chunk,
    ) -> Result<NewLayer, Failure> {
        let completion = Completion {
            digest: digest.clone(),
            rest: Some(body),
            door: Door::Oci,
            may_see_layers: false,
        };
        let outcome = self.complete_layer_upload(arn, id, completion).await;
        if outcome.is_err() {
            // If this fails as well, the abandoned-upload job does it later.
            drop(self.cancel_upload(arn, id).await);
        }
        outcome
    }

    async fn commit(
        &self,
        arn: &RepositoryArn,
        upload: &Upload,
        bytes: blobs::Upload,
        digest: &Digest,
    ) -> Result<Receipt, Failure> {
        let description = LayerDescription::of(arn, &upload.encryption_key).to_bytes();
        bytes.commit(digest, &description).await.map_err(|error| match error {
            CommitError::DigestMismatch { computed } => {
                UploadRefusal::DigestDiffers { stated: digest.clone(), computed }.into()
            }
            CommitError::Store(error) => of_store(&upload.id, error),
        })
    }

    /// Makes it true that the repository holds the layer. If the registry holds the same bytes
    /// under the same key already, the repository gets those, and the new object is deleted, unless
    /// they are in the archive storage or known to be damaged: then the new object takes their
    /// place, for every repository that holds the layer.
    async fn attach_receipt(
        &self,
        arn: &RepositoryArn,
        upload: Upload,
        receipt: Receipt,
    ) -> Result<NewLayer, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                if !tx.delete_upload(&upload.id, upload.version)? {
                    return too_late(tx, &arn, &upload.id);
                }
                jobs::forget::<AbandonUpload>(tx, upload.id.as_str())?;
                let before = tx.find_attached_blob(repository.key, receipt.digest())?;
                let mut had = before.is_some();
                // That of the repository, unless that was changed since the upload began.
                let key = &upload.encryption_key;
                let blob =
                    if let Some(blob) = tx.find_blob(repository.registry, key, receipt.digest())? {
                        if blob.condemned_at.is_some() {
                            tx.revive_blob(blob.key)?;
                        }
                        if blob.is_at_hand() {
                            jobs::enqueue(tx, &DeleteObject::new(receipt.object()), now, now)?;
                        } else {
                            replace(tx, &blob, &receipt, &upload, now)?;
                            had = false;
                        }
                        blob.key
                    } else {
                        let new = new_blob(&repository, &upload, &receipt);
                        tx.insert_blob(&new, now)?
                    };
                let lease_until = now.plus(LEASE);
                tx.attach_blob(repository.key, receipt.digest(), blob, lease_until)?;
                if let Some(before) = before.filter(|before| before.blob != blob) {
                    choose(tx, &repository, &upload, receipt.digest(), before.blob, blob, now)?;
                }
                review_later(tx, &repository, receipt.digest(), lease_until, now)?;
                Ok(if had { NewLayer::No } else { NewLayer::Yes })
            })
            .await
    }
}

/// Has the new object take the place of the one in the archive storage, or of a damaged one.
fn replace(
    tx: &mut Tx<'_>,
    blob: &Blob,
    receipt: &Receipt,
    upload: &Upload,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.move_blob(blob, receipt.object(), &upload.wrapped_key, StorageClass::Standard)?;
    let before = DeleteObject::of_blob(blob);
    jobs::enqueue(tx, &before, now.plus(GRACE), now)
}

/// Lets a repository whose key is being changed serve the one of two equal layers that is under its
/// key, and has the other one reviewed: no repository may have a right to it.
fn choose(
    tx: &mut Tx<'_>,
    repository: &Repository,
    upload: &Upload,
    digest: &Digest,
    before: BlobKey,
    pushed: BlobKey,
    now: Timestamp,
) -> Result<(), DbError> {
    let other = if upload.encryption_key == repository.encryption_key {
        tx.point_right(repository.key, digest, pushed)?;
        before
    } else {
        pushed
    };
    jobs::enqueue(tx, &ReclaimBlob::new(other), now, now)
}

fn new_blob(repository: &Repository, upload: &Upload, receipt: &Receipt) -> NewBlob {
    NewBlob {
        registry: repository.registry,
        encryption_key: upload.encryption_key.clone(),
        digest: receipt.digest().clone(),
        size_bytes: receipt.size_bytes(),
        object: receipt.object().clone(),
        wrapped_key: upload.wrapped_key.clone(),
    }
}

fn require_parts(arn: &RepositoryArn, upload: &Upload) -> Result<(), UploadRefusal> {
    if upload.progress.parts == 0 {
        let (upload, repository) = (upload.id.clone(), arn.clone());
        return Err(UploadRefusal::Empty { upload, repository });
    }
    if upload.progress.short_part {
        return Err(UploadRefusal::PartTooSmall);
    }
    Ok(())
}
