//! InitiateLayerUpload, which is `POST …/blobs/uploads/` at the OCI door.

use db::NewUpload;
use names::{RepositoryArn, UploadId};

use crate::jobs::UPLOAD_LIFE;
use crate::jobs::abandon_upload::AbandonUpload;
use crate::operations::require_repository;
use crate::{Failure, Operations};

impl Operations {
    /// Begins an upload. The object's key is stored before its first byte, so that a job always
    /// knows what to delete.
    pub async fn initiate_layer_upload(&self, arn: &RepositoryArn) -> Result<UploadId, Failure> {
        let id = UploadId::from_random(keys::random());
        let object = self.new_object();
        let (arn, now, answer) = (arn.clone(), self.now(), id.clone());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let new = NewUpload {
                    id: id.clone(),
                    repository: repository.key,
                    encryption_key: repository.encryption_key,
                    object: object.object.clone(),
                    wrapped_key: object.wrapped.clone(),
                };
                tx.insert_upload(&new, now)?;
                let job = AbandonUpload { upload: id.as_str().to_owned() };
                jobs::enqueue(tx, &job, now.plus(UPLOAD_LIFE), now)?;
                Ok(answer.clone())
            })
            .await
    }
}
