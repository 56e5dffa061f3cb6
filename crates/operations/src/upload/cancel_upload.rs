//! `DELETE …/blobs/uploads/ID` at the OCI door. ECR's API has no such operation.

use names::{RepositoryArn, UploadId};

use crate::jobs::abandon_upload::AbandonUpload;
use crate::jobs::delete_object::DeleteObject;
use crate::operations::require_repository;
use crate::upload::turns::upload_not_found;
use crate::{Failure, Operations, UploadRefusal};

impl Operations {
    /// Ends an upload and deletes its bytes. A request that is writing to it on another node learns
    /// that it is gone.
    pub async fn cancel_upload(&self, arn: &RepositoryArn, id: &UploadId) -> Result<(), Failure> {
        self.require_writable()?;
        let _claim =
            self.claims.claim(id).ok_or_else(|| UploadRefusal::Busy { upload: id.clone() })?;
        self.end_upload(arn, id).await
    }

    /// Ends an upload, even while a request is writing to it.
    pub(super) async fn end_upload(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
    ) -> Result<(), Failure> {
        let (arn, id, now) = (arn.clone(), id.clone(), self.now());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let upload = tx
                    .find_upload(repository.key, &id)?
                    .ok_or_else(|| upload_not_found(&arn, &id))?;
                tx.delete_upload(&id, upload.version)?;
                jobs::forget::<AbandonUpload>(tx, id.as_str())?;
                jobs::enqueue(tx, &DeleteObject::twice(&upload.object, now), now, now)?;
                Ok(())
            })
            .await
    }
}
