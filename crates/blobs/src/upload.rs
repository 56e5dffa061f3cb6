use std::sync::Arc;

use bytes::Bytes;
use names::{Algorithm, Digest, ObjectKey};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::blobs::{blocking, finished, settle};
use crate::buffer::{Batch, BufferPool};
use crate::format::{Codec, SIZE_BYTES_MAX};
use crate::pipeline::Pipeline;
use crate::{Blobs, CommitError, ParkedUpload, StoreError};

/// An object being uploaded.
///
/// Bytes are gathered into batches of 256 KiB; while one batch is hashed, sealed and written on
/// another thread, the next one is gathered, so an upload holds half a megabyte at most. After an
/// error it is failed for good. Dropping it leaves its file to be resumed from an earlier parked
/// state, or deleted.
#[derive(Debug)]
pub struct Upload {
    object: ObjectKey,
    pool: Arc<BufferPool>,
    tag_bytes: usize,
    batch: Batch,
    offset: u64,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Idle(Box<Pipeline>),
    Working(JoinHandle<Result<Box<Pipeline>, StoreError>>),
    Failed,
}

impl Upload {
    pub(crate) fn begin(blobs: &Blobs, codec: Codec, algorithm: Algorithm) -> Self {
        let pipeline = Pipeline::new(blobs, codec, algorithm);
        Self::resumed(pipeline, 0, &[])
    }

    /// Continues after the bytes that `pipeline` has written and `tail`, which ends at `offset`.
    pub(crate) fn resumed(pipeline: Pipeline, offset: u64, tail: &[u8]) -> Self {
        let (object, pool) = (pipeline.codec.object().clone(), Arc::clone(&pipeline.pool));
        let tag_bytes = pipeline.codec.suite().tag_bytes();
        let mut batch = Batch::new(tag_bytes);
        let rest = batch.fill(&pool, tail);
        assert!(rest.is_empty(), "parked content fits a batch");
        Self { object, pool, tag_bytes, batch, offset, stage: Stage::Idle(Box::new(pipeline)) }
    }

    /// The length of the content, if it is known: lets the store reserve space. It has an effect
    /// only before the first batch is written.
    pub fn expect_length(&mut self, bytes: u64) {
        if let Stage::Idle(pipeline) = &mut self.stage {
            pipeline.size_expected = Some(bytes);
        }
    }

    /// How many bytes have been accepted.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The object that is being written.
    pub fn object(&self) -> &ObjectKey {
        &self.object
    }

    /// Accepts more bytes. It waits only when two batches are full. If the future is dropped, some
    /// of `bytes` may have been accepted: [`Upload::offset`] says how many.
    pub async fn append(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        if matches!(self.stage, Stage::Failed) {
            return Err(StoreError::Failed);
        }
        if bytes.len() as u64 > SIZE_BYTES_MAX - self.offset {
            return Err(StoreError::Misused("no object is that large"));
        }
        let mut content = &bytes[..];
        while !content.is_empty() {
            if self.batch.is_full() {
                self.write_batch().await?;
            }
            let rest = self.batch.fill(&self.pool, content);
            self.offset += (content.len() - rest.len()) as u64;
            content = rest;
        }
        if self.batch.is_full() {
            self.write_batch().await?;
        }
        Ok(())
    }

    /// Makes everything accepted durable, and returns the state for continuing in any process.
    pub async fn park(mut self) -> Result<ParkedUpload, StoreError> {
        let pipeline = self.pipeline().await?;
        let Self { batch, offset, .. } = self;
        blocking(move || pipeline.park(batch, offset)).await
    }

    /// Ends the upload: its content must hash to `digest`. Durable when it returns. `description`
    /// is sealed into the object, for a rebuild of the database.
    pub async fn commit(
        mut self,
        digest: &Digest,
        description: &[u8],
    ) -> Result<Receipt, CommitError> {
        let pipeline = self.pipeline().await?;
        let Self { batch, offset, .. } = self;
        let (digest, description) = (digest.clone(), description.to_vec());
        let work = spawn_blocking(move || pipeline.commit(batch, offset, &digest, &description));
        settle(work.await)
    }

    /// Removes the written bytes. A failed upload no longer knows which object is its own: the
    /// object stays, and the caller deletes it if a row says that it belongs to this upload.
    pub async fn discard(mut self) -> Result<(), StoreError> {
        let pipeline = self.pipeline().await?;
        blocking(move || pipeline.discard()).await
    }

    /// Has the full batch written, once the one before is.
    async fn write_batch(&mut self) -> Result<(), StoreError> {
        let mut pipeline = self.pipeline().await?;
        let mut batch = std::mem::replace(&mut self.batch, Batch::new(self.tag_bytes));
        self.stage = Stage::Working(spawn_blocking(move || {
            pipeline.absorb(&mut batch)?;
            Ok(pipeline)
        }));
        Ok(())
    }

    /// The pipeline, once it is idle. If the future is dropped, it stays where it is.
    async fn pipeline(&mut self) -> Result<Box<Pipeline>, StoreError> {
        if let Stage::Working(work) = &mut self.stage {
            let result = finished(work).await;
            self.stage = Stage::Failed;
            return result;
        }
        match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Idle(pipeline) => Ok(pipeline),
            Stage::Working(_) | Stage::Failed => Err(StoreError::Failed),
        }
    }
}

/// Proof that bytes are here: hashed, matched, durable. Only a commit makes one, so no row can be
/// written for bytes that do not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    digest: Digest,
    size_bytes: u64,
    object: ObjectKey,
}

impl Receipt {
    pub(crate) fn new(digest: Digest, size_bytes: u64, object: ObjectKey) -> Self {
        Self { digest, size_bytes, object }
    }

    /// The digest of the bytes.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// How many there are.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// The object that holds them.
    pub fn object(&self) -> &ObjectKey {
        &self.object
    }
}
