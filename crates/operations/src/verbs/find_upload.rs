//! The state of an upload, and the step that every verb on uploads begins with.

use blobs::{NewObject, ParkedUpload, Resumed, StoreError};
use db::Upload;
use names::{Algorithm, RepositoryArn, UploadId};

use crate::operations::require_repository;
use crate::{Failure, Operations, Refusal};

impl Operations {
    /// How many bytes of an upload have been received and are durable.
    pub async fn find_upload(&self, arn: &RepositoryArn, id: &UploadId) -> Result<u64, Failure> {
        Ok(self.require_upload(arn, id).await?.progress.received_bytes)
    }

    pub(super) async fn require_upload(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
    ) -> Result<Upload, Failure> {
        let (arn, id) = (arn.clone(), id.clone());
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                tx.find_upload(repository.key, &id)?.ok_or_else(|| upload_not_found(&arn, &id))
            })
            .await
    }

    /// Opens an upload's bytes where the row says they end.
    ///
    /// If the object holds more than the row explains, a request died before it could write down how
    /// far it had come. What was acknowledged is then sealed again in a new object under a new key, the
    /// row is pointed there, and the old object is deleted: no nonce ever seals two plaintexts. The new
    /// object is written down before its first byte, in a job that pointing the row at it takes back.
    pub(super) async fn resume_upload(
        &self,
        upload: &mut Upload,
    ) -> Result<blobs::Upload, Failure> {
        let protection = self.protection(&upload.object, &upload.wrapped_key)?;
        if upload.progress.parked.is_empty() {
            return self.begin_upload(upload, protection).await;
        }
        let parked = ParkedUpload::from_bytes(&upload.progress.parked)?;
        let resumed =
            self.blobs.resume(parked, &protection).await.map_err(|error| match error {
                // A request that was dropped is still writing its last batch.
                StoreError::Busy(_) => Refusal::UploadBusy { upload: upload.id.clone() }.into(),
                error => Failure::from(error),
            })?;
        match resumed {
            Resumed::Ready(bytes) => Ok(bytes),
            Resumed::Torn(parked) => {
                let new = self.new_object();
                self.expect_object(&new.object).await?;
                let moved = (new.object.clone(), new.wrapped.clone());
                let bytes = self.blobs.reseal(parked, &protection, new).await?;
                let old = std::mem::replace(&mut upload.object, moved.0);
                upload.wrapped_key = moved.1;
                let parked = bytes.park().await?;
                upload.progress.parked = parked.to_bytes();
                self.point_upload_at_new_object(upload, &old).await?;
                let protection = self.protection(&upload.object, &upload.wrapped_key)?;
                match self.blobs.resume(parked, &protection).await? {
                    Resumed::Ready(bytes) => Ok(bytes),
                    Resumed::Torn(_) => {
                        Err(Refusal::UploadBusy { upload: upload.id.clone() }.into())
                    }
                }
            }
        }
    }

    /// The first bytes of an upload. An object that is there all the same was begun by a request that
    /// died: the upload takes a new one.
    async fn begin_upload(
        &self,
        upload: &mut Upload,
        protection: blobs::Protection,
    ) -> Result<blobs::Upload, Failure> {
        let (object, wrapped) = (upload.object.clone(), upload.wrapped_key.clone());
        if !self.blobs.is_used(&object).await? {
            let new = NewObject { object, protection, wrapped };
            return Ok(self.blobs.begin(new, Algorithm::Sha256)?);
        }
        let new = self.new_object();
        upload.object = new.object.clone();
        upload.wrapped_key = new.wrapped.clone();
        self.point_upload_at_new_object(upload, &object).await?;
        Ok(self.blobs.begin(new, Algorithm::Sha256)?)
    }
}

pub(super) fn upload_not_found(arn: &RepositoryArn, id: &UploadId) -> Failure {
    Refusal::UploadNotFound { repository: arn.clone(), upload: id.as_str().to_owned() }.into()
}
