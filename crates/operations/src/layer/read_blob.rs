//! `GET …/blobs/D` at the OCI door, and the target of a download URL.

use std::time::Duration;

use blobs::ObjectReader;
use db::RepositoryBlob;
use names::{ByteRange, Digest, RepositoryArn, StorageClass};

use crate::{Failure, Operations};

/// A layer that a repository holds, ready to be read.
#[derive(Debug)]
pub struct BlobReader {
    size_bytes: u64,
    row: RepositoryBlob,
}

impl BlobReader {
    /// How many bytes it has.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

impl Operations {
    /// The layer, if the repository holds it in the store. Its bytes are opened by
    /// [`Operations::open_blob`].
    pub async fn find_blob(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> Result<Option<BlobReader>, Failure> {
        let row = self.db.look_up(&RepositoryBlob::by_digest(arn, digest)).await?;
        let Some((_, row)) = row else {
            return self.require_repository(arn).await.map(|()| None);
        };
        let row = row.filter(|row| row.storage_class == StorageClass::Standard);
        Ok(row.map(|row| BlobReader { size_bytes: row.size_bytes, row }))
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
    ) -> Result<ObjectReader, Failure> {
        let protection = self.protection(&blob.row.object, &blob.row.wrapped_key)?;
        Ok(self.blobs.open(&blob.row.object, &protection, range).await?)
    }
}
