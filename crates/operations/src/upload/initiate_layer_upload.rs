//! InitiateLayerUpload, which is `POST …/blobs/uploads/` at the OCI door.

use blobs::NewObject;
use db::NewUpload;
use names::{EncryptionKey, RepositoryArn, UploadId};

use crate::encryption::usable::{Under, require_under};
use crate::jobs::UPLOAD_LIFE;
use crate::jobs::abandon_upload::AbandonUpload;
use crate::{Failure, Operations};

impl Operations {
    /// Begins an upload. The object's key is stored before its first byte, so that a job always
    /// knows what to delete.
    pub async fn initiate_layer_upload(&self, arn: &RepositoryArn) -> Result<UploadId, Failure> {
        let id = UploadId::from_random(keys::random());
        let mut guess = self.guess_key(arn);
        loop {
            let object = match self.new_object(arn, &guess.key).await {
                Ok(object) => object,
                Err(refused) => {
                    self.guess_again(arn, &mut guess, refused).await?;
                    continue;
                }
            };
            let begun = self.begin_in_rows(arn, &guess.key, &id, object).await?;
            if self.settle(arn, &mut guess, begun)?.is_some() {
                return Ok(id);
            }
        }
    }

    async fn begin_in_rows(
        &self,
        arn: &RepositoryArn,
        key: &EncryptionKey,
        id: &UploadId,
        object: NewObject,
    ) -> Result<Under<()>, Failure> {
        let (arn, key, id, now) = (arn.clone(), key.clone(), id.clone(), self.now());
        self.db
            .write(move |tx| {
                let repository = match require_under(tx, &arn, &key)? {
                    Under::This(repository) => repository,
                    Under::Another(key) => return Ok(Under::Another(key)),
                };
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
                Ok(Under::This(()))
            })
            .await
    }
}
