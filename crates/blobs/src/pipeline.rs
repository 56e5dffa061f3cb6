//! The part of an upload that waits for the disk: hashes, seals and writes a batch while it is in
//! the processor's cache. It runs on a blocking thread while it works.

use std::sync::Arc;

use names::{Algorithm, ByteRange, Digest, DigestHasher};

use crate::buffer::{BATCH_BYTES, Batch, BufferPool};
use crate::format::{Codec, FOOTER_BYTES, Footer, Place, SIZE_BYTES_MAX, Suite};
use crate::parked::Position;
use crate::segments::Segments;
use crate::{
    Apart, Blobs, CommitError, Expected, ObjectStore, ObjectWriter, ParkedUpload, Receipt,
    StoreError, stored,
};

#[derive(Debug)]
pub(crate) struct Pipeline {
    store: Arc<dyn ObjectStore>,
    pub(crate) pool: Arc<BufferPool>,
    pub(crate) codec: Codec,
    algorithm: Algorithm,
    /// Of all segments that are written.
    pub(crate) hasher: DigestHasher,
    /// Made, with the file and its header, when the first batch is full.
    pub(crate) writer: Option<Box<dyn ObjectWriter>>,
    pub(crate) next_segment: u64,
    /// How much of the next segment the file has already.
    pub(crate) ahead_bytes: usize,
    pub(crate) size_expected: Option<u64>,
}

impl Pipeline {
    /// For an object with nothing in it.
    pub(crate) fn new(blobs: &Blobs, codec: Codec, algorithm: Algorithm) -> Self {
        Self {
            store: Arc::clone(&blobs.store),
            pool: Arc::clone(&blobs.pool),
            codec,
            algorithm,
            hasher: DigestHasher::new(algorithm),
            writer: None,
            next_segment: 0,
            ahead_bytes: 0,
            size_expected: None,
        }
    }

    /// Hashes, seals and writes the batch's complete segments. The tail stays in the batch.
    pub(crate) fn absorb(&mut self, batch: &mut Batch) -> Result<(), StoreError> {
        if batch.segments() == 0 {
            return Ok(());
        }
        for index in 0..batch.segments() {
            let (content, tag) = batch.segment_mut(index);
            self.hasher.update(content);
            self.codec.cipher().seal_segment(self.next_segment, Place::Inner, content, tag);
            self.next_segment += 1;
        }
        let ahead = std::mem::take(&mut self.ahead_bytes);
        self.writer()?.append(&batch.sealed_segments()[ahead..])
    }

    /// Makes complete segments durable; the tail goes into the parked state. Of short content
    /// nothing is written: all of it is in the parked state.
    ///
    /// Content that is not sealed here is written to the file to its last byte: there is no nonce
    /// to protect, and if only a footer follows, the content is in one place.
    pub(crate) fn park(
        mut self,
        mut batch: Batch,
        offset: u64,
    ) -> Result<ParkedUpload, StoreError> {
        if self.is_short(offset) {
            let place = Position { algorithm: self.algorithm, offset, state: None };
            return Ok(ParkedUpload::seal(&self.codec, place, &self.hasher, &batch.content()));
        }
        self.absorb(&mut batch)?;
        let fresh = &batch.tail()[self.ahead_bytes..];
        if let (Suite::Plain, Some(writer), false) =
            (self.codec.suite(), &mut self.writer, fresh.is_empty())
        {
            writer.append(fresh)?;
        }
        let state = self.writer.take().map(ObjectWriter::park).transpose()?;
        let place = Position { algorithm: self.algorithm, offset, state };
        Ok(ParkedUpload::seal(&self.codec, place, &self.hasher, batch.tail()))
    }

    /// Completes the object, if its content has the expected digest.
    ///
    /// Order: the digest is compared before the last batch is written, so a mismatch leaves the
    /// parked state intact. Then come the last segments, the footer and the sync. A crash leaves an
    /// unfinished object, or a finished one that no row names.
    ///
    /// A digest under another algorithm than the one used while streaming is compared by reading
    /// the finished object again, before it can be read by anyone; a mismatch deletes it.
    pub(crate) fn commit(
        mut self,
        mut batch: Batch,
        size_bytes: u64,
        digest: &Digest,
        description: &[u8],
    ) -> Result<Receipt, CommitError> {
        let computed = self.digest_with(&mut batch);
        let compared = self.algorithm == digest.algorithm();
        if compared && computed != *digest {
            return Err(CommitError::DigestMismatch { computed });
        }
        let description = description.to_vec();
        let footer = Footer { digest: digest.clone(), size_bytes, description }
            .seal(self.codec.cipher())
            .ok_or(StoreError::Misused("the description is too long for an object's footer"))?;
        self.seal_to_the_end(&mut batch);
        if self.is_short(size_bytes) {
            let file = [self.codec.encoded(), batch.sealed_to_the_end(), &footer].concat();
            self.store.put(self.codec.object(), file, self.apart())?;
        } else {
            self.size_expected = Some(size_bytes);
            let ahead = std::mem::take(&mut self.ahead_bytes);
            let writer = self.writer()?;
            writer.append(&batch.sealed_to_the_end()[ahead..])?;
            writer.append(&footer)?;
            self.writer.take().expect("it was just used").commit()?;
        }
        let object = self.codec.object().clone();
        if !compared {
            self.compare_again(size_bytes, digest)?;
        }
        Ok(Receipt::new(digest.clone(), size_bytes, object))
    }

    /// Removes the file, if there is one.
    pub(crate) fn discard(self) -> Result<(), StoreError> {
        self.writer.map_or(Ok(()), ObjectWriter::discard)
    }

    fn writer(&mut self) -> Result<&mut Box<dyn ObjectWriter>, StoreError> {
        if self.writer.is_none() {
            let size = self.size_expected.filter(|size| *size <= SIZE_BYTES_MAX);
            let length = size.map(|size| self.codec.layout().file_bytes(size));
            let expected = Expected { length, apart: self.apart() };
            let mut writer = self.store.create(self.codec.object(), expected)?;
            writer.append(self.codec.encoded())?;
            self.writer = Some(writer);
        }
        Ok(self.writer.as_mut().expect("it was just made"))
    }

    /// Clients can read content that is not sealed here, if our header and footer are kept apart.
    fn apart(&self) -> Option<Apart> {
        (self.codec.suite() == Suite::Plain)
            .then(|| Apart { front: self.codec.encoded().len(), back: FOOTER_BYTES })
    }

    /// Whether content of this length, of which nothing was written so far, is short for the store.
    /// Short content fits one batch.
    fn is_short(&self, size_bytes: u64) -> bool {
        let short = self.store.short_bytes_max().min(BATCH_BYTES) as u64;
        self.writer.is_none() && size_bytes < short
    }

    fn digest_with(&mut self, batch: &mut Batch) -> Digest {
        let mut hasher = self.hasher.clone();
        for index in 0..batch.segments() {
            hasher.update(batch.segment_mut(index).0);
        }
        hasher.update(batch.tail());
        hasher.finish()
    }

    fn seal_to_the_end(&mut self, batch: &mut Batch) {
        let cipher = self.codec.cipher();
        for index in 0..batch.segments() {
            let (content, tag) = batch.segment_mut(index);
            cipher.seal_segment(self.next_segment, Place::Inner, content, tag);
            self.next_segment += 1;
        }
        let (content, tag) = batch.tail_mut(&self.pool);
        cipher.seal_segment(self.next_segment, Place::Last, content, tag);
    }

    fn compare_again(self, size_bytes: u64, digest: &Digest) -> Result<(), CommitError> {
        let Self { store, pool, codec, .. } = self;
        let object = codec.object().clone();
        let whole = ByteRange::whole(size_bytes);
        let segments = Segments::over(store.open(&object)?, codec, whole)?;
        let computed = stored::hash(segments, &pool, digest.algorithm())?;
        if computed == *digest {
            return Ok(());
        }
        store.delete(&object)?;
        Err(CommitError::DigestMismatch { computed })
    }
}
