//! GetDownloadUrlForLayer: decides whether a URL may be issued; the door makes it.

use names::{Digest, RepositoryArn, StorageClass};

use crate::operations::require_repository;
use crate::{Failure, LayerRefusal, Operations};

impl Operations {
    /// Refuses unless an image of the repository refers to the layer, and its bytes are in the
    /// store.
    pub async fn require_downloadable_layer(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> Result<(), Failure> {
        let (arn, digest) = (arn.clone(), digest.clone());
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let (repository_arn, layer) = (arn.clone(), digest.clone());
                match tx.find_repository_blob(repository.key, &digest)? {
                    Some(found) if found.storage_class == StorageClass::Archive => {
                        Err(LayerRefusal::Archived { repository: repository_arn, digest: layer }
                            .into())
                    }
                    Some(found) if found.referenced => Ok(()),
                    Some(_) => Err(LayerRefusal::Inaccessible {
                        repository: repository_arn,
                        digest: layer,
                    }
                    .into()),
                    None => {
                        Err(LayerRefusal::NotFound { repository: repository_arn, digest: layer }
                            .into())
                    }
                }
            })
            .await
    }
}
