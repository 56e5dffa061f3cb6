//! `DELETE …/blobs/D` at the OCI door. ECR's API has no such operation.

use names::{Digest, RepositoryArn};

use crate::jobs::reclaim_blob::ReclaimBlob;
use crate::operations::require_repository;
use crate::{Failure, LayerRefusal, Operations};

impl Operations {
    /// Removes a layer from a repository, unless an image refers to it; `false` if the repository
    /// had none.
    pub async fn delete_blob(&self, arn: &RepositoryArn, digest: &Digest) -> Result<bool, Failure> {
        let (arn, digest, now) = (arn.clone(), digest.clone(), self.now());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let Some(found) = tx.find_attached_blob(repository.key, &digest)? else {
                    return Ok(false);
                };
                if found.referenced {
                    let (repository, digest) = (arn.clone(), digest.clone());
                    return Err(LayerRefusal::InUse { repository, digest }.into());
                }
                tx.detach_blob(repository.key, &digest)?;
                jobs::enqueue(tx, &ReclaimBlob::new(found.blob), now, now)?;
                Ok(true)
            })
            .await
    }
}
