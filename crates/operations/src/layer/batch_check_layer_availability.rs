//! BatchCheckLayerAvailability.

use names::{Digest, MediaType, RepositoryArn};

use crate::operations::require_repository;
use crate::{Failure, Operations};

/// The state of a layer in a repository.
#[derive(Debug, Clone)]
pub struct LayerAvailability {
    /// Which layer.
    pub digest: Digest,
    /// Its size and media type, if the repository holds it.
    pub available: Option<(u64, Option<MediaType>)>,
}

impl Operations {
    /// Which of these layers the repository holds. Like `HEAD blob`, a yes is a promise.
    pub async fn batch_check_layer_availability(
        &self,
        arn: &RepositoryArn,
        digests: Vec<Digest>,
    ) -> Result<Vec<LayerAvailability>, Failure> {
        let path = arn.clone();
        self.db.read(move |tx| require_repository(tx, &path).map(drop)).await?;
        let mut layers = Vec::with_capacity(digests.len());
        for digest in digests {
            let available = match self.head_blob(arn, &digest).await? {
                Some(size_bytes) => Some((size_bytes, self.media_type(arn, &digest).await?)),
                None => None,
            };
            layers.push(LayerAvailability { digest, available });
        }
        Ok(layers)
    }

    async fn media_type(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> Result<Option<MediaType>, Failure> {
        let (arn, digest) = (arn.clone(), digest.clone());
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let found = tx.find_repository_blob(repository.key, &digest)?;
                Ok(found.and_then(|found| found.media_type))
            })
            .await
    }
}
