//! BatchCheckLayerAvailability.

use names::{Digest, MediaType, RepositoryArn, StorageClass};

use crate::archive_storage::Archiving;
use crate::operations::require_repository;
use crate::{Failure, Operations};

/// The state of a layer in a repository.
#[derive(Debug, Clone)]
pub struct LayerAvailability {
    /// Which layer.
    pub digest: Digest,
    /// What is known about it, if the repository holds it.
    pub found: Option<FoundLayer>,
}

/// A layer that a repository holds.
#[derive(Debug, Clone)]
pub struct FoundLayer {
    /// How many bytes.
    pub size_bytes: u64,
    /// The media type in the last manifest that named it.
    pub media_type: Option<MediaType>,
    /// Where its bytes are.
    pub storage_class: StorageClass,
}

impl Operations {
    /// Which of these layers the repository holds. Like `HEAD blob`, a yes is a promise; a layer in
    /// the archive storage has to be sent again.
    pub async fn batch_check_layer_availability(
        &self,
        arn: &RepositoryArn,
        digests: Vec<Digest>,
    ) -> Result<Vec<LayerAvailability>, Failure> {
        let path = arn.clone();
        self.db.read(move |tx| require_repository(tx, &path).map(drop)).await?;
        let mut layers = Vec::with_capacity(digests.len());
        for digest in digests {
            let size_bytes = self.head_blob(arn, &digest).await?;
            let may_be_archived = self.archiving() == Archiving::Apart;
            let found = match size_bytes {
                None if !may_be_archived => None,
                promised => self.find_layer(arn, &digest, promised).await?,
            };
            layers.push(LayerAvailability { digest, found });
        }
        Ok(layers)
    }

    /// The layer, if it was promised or is archived.
    async fn find_layer(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
        promised: Option<u64>,
    ) -> Result<Option<FoundLayer>, Failure> {
        let (arn, digest) = (arn.clone(), digest.clone());
        let find = move |tx: &mut db::Tx<'_>| {
            let repository = require_repository(tx, &arn)?;
            Ok::<_, Failure>(tx.find_repository_blob(repository.key, &digest)?)
        };
        let row = self.db.read(find).await?;
        if let Some(size_bytes) = promised {
            let media_type = row.and_then(|row| row.media_type);
            let storage_class = StorageClass::Standard;
            return Ok(Some(FoundLayer { size_bytes, media_type, storage_class }));
        }
        Ok(row.filter(|row| row.storage_class == StorageClass::Archive).map(|row| FoundLayer {
            size_bytes: row.size_bytes,
            media_type: row.media_type,
            storage_class: row.storage_class,
        }))
    }
}
