//! `GET …/blobs/D` at the OCI door, and the target of a download URL.

use std::time::Duration;

use db::{RepositoryBlob, SoughtBlob};
use names::{ByteRange, Digest, EncryptionKey, RepositoryArn, StorageClass};

use super::layer_reader::LayerReader;
use crate::{Failure, Operations};

/// A layer that a repository holds, ready to be read.
#[derive(Debug)]
pub struct BlobReader {
    size_bytes: u64,
    row: RepositoryBlob,
    repository: RepositoryArn,
    /// The repository's key.
    key: EncryptionKey,
}

impl BlobReader {
    /// How many bytes it has.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

impl Operations {
    /// The layer, if the repository holds it in the store, and may use its key. Its bytes are
    /// opened by [`Operations::open_blob`].
    pub async fn find_blob(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> Result<Option<BlobReader>, Failure> {
        let row = self.db.look_up(&RepositoryBlob::by_digest(arn, digest)).await?;
        let Some(SoughtBlob { encryption_key: key, blob: row, .. }) = row else {
            return self.require_repository(arn).await.map(|()| None);
        };
        let row = row.filter(|row| row.storage_class == StorageClass::Standard);
        let Some(row) = row else { return Ok(None) };
        self.require_usable_key(arn, &key).await?;
        Ok(Some(BlobReader { size_bytes: row.size_bytes, row, repository: arn.clone(), key }))
    }

    /// A URL from which anyone can read the layer for `life`, from the object store itself. `None`
    /// if there is none: clients cannot use what we sealed, and a folder has no URLs.
    pub async fn presign_blob(
        &self,
        blob: &BlobReader,
        life: Duration,
    ) -> Result<Option<String>, Failure> {
        if !blob.row.wrapped_key.as_bytes().is_empty() {
            return Ok(None);
        }
        Ok(self.blobs.presigned(&blob.row.object, self.now(), life).await?)
    }

    /// Opens a part of a layer. The row was read a moment ago; its object outlives it by the grace
    /// that reclaiming gives (see `jobs`), so that this cannot fail for a layer deleted just now.
    pub async fn open_blob(
        &self,
        blob: &BlobReader,
        range: ByteRange,
    ) -> Result<LayerReader, Failure> {
        let RepositoryBlob { object, wrapped_key, .. } = &blob.row;
        let protection = self.protection_for(&blob.repository, object, wrapped_key).await?;
        let reader = self.blobs.open(object, &protection, range).await?;
        Ok(LayerReader::new(
            reader,
            self.watch(&blob.repository, &blob.key),
            self.read_ahead.clone(),
        ))
    }
}
