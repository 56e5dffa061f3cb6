//! The state of an upload, and the first step of every verb on uploads.

use blobs::{NewObject, ParkedUpload, Protection, Resumed};
use db::Upload;
use names::{Algorithm, RepositoryArn, UploadId};

use crate::upload::turns::{of_store, upload_not_found};
use crate::{Failure, Operations};

/// Where a request's bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goes {
    ToStore,
    /// Into the row alone. Whether the object was begun matters only to the request that writes it.
    ToRow,
}

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
        if let Some(upload) = self.db.look_up(&Upload::by_id(arn, id)).await? {
            return Ok(upload);
        }
        self.require_repository(arn).await?;
        Err(upload_not_found(arn, id))
    }

    /// Opens an upload's bytes where the row says they end.
    ///
    /// If the object holds more than the row records, a request died before it could record its
    /// progress, or is still writing on another node. Then the upload is taken over (see
    /// `upload_turns`): the acknowledged bytes are sealed again in a new object under a new key,
    /// the row is pointed at it, and the old object is deleted. No nonce ever seals two plaintexts.
    pub(super) async fn resume_upload(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
        goes: Goes,
    ) -> Result<blobs::Upload, Failure> {
        self.require_usable_key(arn, &upload.encryption_key).await?;
        let protection = self.protection_for(arn, &upload.object, &upload.wrapped_key).await?;
        if upload.progress.parked.is_empty() {
            return self.begin_upload(arn, upload, protection, goes).await;
        }
        let parked = ParkedUpload::from_bytes(&upload.progress.parked)?;
        let resumed = self.blobs.resume(parked, &protection).await;
        match resumed.map_err(|error| of_store(&upload.id, error))? {
            Resumed::Ready(bytes) => Ok(bytes),
            Resumed::Torn(parked) => self.take_over(arn, upload, parked, &protection).await,
        }
    }

    /// The first bytes of an upload. If its object already exists, a request began it and died, or
    /// is running elsewhere: the upload takes a new object.
    async fn begin_upload(
        &self,
        arn: &RepositoryArn,
        upload: &mut Upload,
        protection: Protection,
        goes: Goes,
    ) -> Result<blobs::Upload, Failure> {
        let (object, wrapped) = (upload.object.clone(), upload.wrapped_key.clone());
        let new = if goes == Goes::ToStore && self.blobs.is_used(&object).await? {
            self.begin_elsewhere(arn, upload).await?
        } else {
            NewObject { object, protection, wrapped }
        };
        Ok(self.blobs.begin(new, Algorithm::Sha256)?)
    }
}
