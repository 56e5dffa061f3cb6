//! Continues a parked upload, without ever sealing two contents with one nonce.

use crate::blobs::blocking;
use crate::buffer::Batch;
use crate::format::{Codec, SEGMENT_BYTES, Suite};
use crate::parked::Contents;
use crate::pipeline::Pipeline;
use crate::segments::Segments;
use crate::{Blobs, NewObject, ParkedUpload, Protection, Reopened, StoreError, Upload};

/// The result of resuming a parked upload.
#[derive(Debug)]
pub enum Resumed {
    /// It continues where it was parked.
    Ready(Upload),
    /// Its file holds more than was parked: another request continued it, and died or committed.
    /// The rest can be sealed only in a new object: [`Blobs::reseal`].
    Torn(ParkedUpload),
}

impl Blobs {
    /// Continues a parked upload.
    pub async fn resume(
        &self,
        parked: ParkedUpload,
        protection: &Protection,
    ) -> Result<Resumed, StoreError> {
        let (blobs, protection) = (self.clone(), protection.clone());
        blocking(move || blobs.resume_now(parked, protection)).await
    }

    /// Copies the parked bytes of a torn upload into a new object, under a new key, and continues
    /// there.
    ///
    /// The old object stays. The caller parks the new upload, points its row at the new object, and
    /// then deletes the old one, unless a row says that it was committed.
    pub async fn reseal(
        &self,
        parked: ParkedUpload,
        protection: &Protection,
        new: NewObject,
    ) -> Result<Upload, StoreError> {
        let (blobs, protection) = (self.clone(), protection.clone());
        blocking(move || blobs.reseal_now(&parked, &protection, new)).await
    }

    fn resume_now(
        &self,
        parked: ParkedUpload,
        protection: Protection,
    ) -> Result<Resumed, StoreError> {
        let Contents { codec, hasher, tail } = parked.contents(&protection)?;
        let (codec, writer) = match parked.state() {
            Some(state) => match self.store.reopen(parked.object(), state)? {
                Reopened::Ready(writer) => (codec, Some(writer)),
                Reopened::Torn => return Ok(Resumed::Torn(parked)),
            },
            None if self.store.is_used(parked.object())? => return Ok(Resumed::Torn(parked)),
            // Nothing that counts was written, so the file gets a new salt.
            None => (codec_again(&parked, protection)?, None),
        };
        // Without a file, all content is in the tail.
        let segments = parked.offset() / SEGMENT_BYTES as u64;
        let next_segment = if writer.is_some() { segments } else { 0 };
        let codec_is_plain = codec.suite() == Suite::Plain;
        let mut pipeline = Pipeline::new(self, codec, parked.algorithm());
        if codec_is_plain && writer.is_some() {
            pipeline.ahead_bytes = tail.len();
        }
        (pipeline.hasher, pipeline.writer, pipeline.next_segment) = (hasher, writer, next_segment);
        Ok(Resumed::Ready(Upload::resumed(pipeline, parked.offset(), &tail)))
    }

    fn reseal_now(
        &self,
        parked: &ParkedUpload,
        protection: &Protection,
        new: NewObject,
    ) -> Result<Upload, StoreError> {
        if new.object == *parked.object() {
            return Err(StoreError::Misused("a torn object is never written to again"));
        }
        let Contents { codec, hasher, tail } = parked.contents(protection)?;
        let mut pipeline = Pipeline::new(self, Codec::generate(new)?, parked.algorithm());
        if let Some(state) = parked.state() {
            let source = self.store.salvage(parked.object(), state)?;
            self.copy(Segments::prefix(source, codec, parked.offset())?, &mut pipeline)?;
        }
        if pipeline.hasher.park() != hasher.park() {
            let what = "its content is not what was parked";
            return Err(StoreError::Corrupt { object: parked.object().clone(), offset: 0, what });
        }
        Ok(Upload::resumed(pipeline, parked.offset(), &tail))
    }

    fn copy(&self, mut segments: Segments, pipeline: &mut Pipeline) -> Result<(), StoreError> {
        let tag_bytes = pipeline.codec.suite().tag_bytes();
        let mut buffer = self.pool.take();
        let mut batch = Batch::new(tag_bytes);
        while segments.read_next(&mut buffer, |piece| {
            let rest = batch.fill(&self.pool, piece);
            assert!(rest.is_empty(), "a stretch of full segments is no longer than a batch");
            Ok(())
        })? {
            pipeline.absorb(&mut batch)?;
            batch = Batch::new(tag_bytes);
        }
        Ok(())
    }
}

/// New keys for the same object.
fn codec_again(parked: &ParkedUpload, protection: Protection) -> Result<Codec, StoreError> {
    let (object, wrapped) = (parked.object().clone(), parked.wrapped().clone());
    Codec::generate(NewObject { object, protection, wrapped })
}
