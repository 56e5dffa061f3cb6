//! Reusable buffers for one batch of segments.
//!
//! A batch is 256 KiB. Larger ones leave the processor's cache and cost twice as much; smaller ones
//! need more system calls and thread switches.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use crate::format::{SEGMENT_BYTES, TAG_BYTES};

/// How many segments one batch has.
pub(crate) const BATCH_SEGMENTS: usize = 4;

/// How much content one batch has.
pub(crate) const BATCH_BYTES: usize = BATCH_SEGMENTS * SEGMENT_BYTES;

/// A batch with its tags, and the tag of an empty last segment behind it.
pub(crate) const BUFFER_BYTES: usize = BATCH_BYTES + (BATCH_SEGMENTS + 1) * TAG_BYTES;

/// 16 MiB are kept for reuse: enough for thirty streams in both directions; busier times allocate.
const SPARE_MAX: usize = 64;

/// Spare buffers of one [`crate::Blobs`].
#[derive(Default)]
pub(crate) struct BufferPool {
    spare: Mutex<Vec<Box<[u8]>>>,
}

impl BufferPool {
    /// A buffer of [`BUFFER_BYTES`] with anything in it.
    pub(crate) fn take(self: &Arc<Self>) -> Buffer {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let bytes = spare.unwrap_or_else(|| vec![0; BUFFER_BYTES].into_boxed_slice());
        Buffer { bytes, pool: Arc::clone(self) }
    }
}

impl fmt::Debug for BufferPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BufferPool")
    }
}

/// One buffer. It returns to its pool when dropped.
pub(crate) struct Buffer {
    bytes: Box<[u8]>,
    pool: Arc<BufferPool>,
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let mut spare = self.pool.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE_MAX {
            spare.push(bytes);
        }
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Buffer")
    }
}

/// Content being gathered for one batch, laid out as it will be in the file: each segment
/// followed by room for its tag, so that sealing happens in place and the batch is one write.
#[derive(Debug)]
pub(crate) struct Batch {
    buffer: Option<Buffer>,
    filled: usize,
    tag_bytes: usize,
}

impl Batch {
    pub(crate) fn new(tag_bytes: usize) -> Self {
        Self { buffer: None, filled: 0, tag_bytes }
    }

    /// Takes as much of `content` as fits, and returns the rest.
    pub(crate) fn fill<'a>(&mut self, pool: &Arc<BufferPool>, mut content: &'a [u8]) -> &'a [u8] {
        while !content.is_empty() && !self.is_full() {
            let (segment, within) = (self.filled / SEGMENT_BYTES, self.filled % SEGMENT_BYTES);
            let count = content.len().min(SEGMENT_BYTES - within);
            let (head, rest) = content.split_at(count);
            let at = self.segment_at(segment) + within;
            let buffer = self.buffer.get_or_insert_with(|| pool.take());
            buffer[at..at + count].copy_from_slice(head);
            self.filled += count;
            content = rest;
        }
        content
    }

    pub(crate) fn is_full(&self) -> bool {
        self.filled == BATCH_BYTES
    }

    /// How many segments are complete.
    pub(crate) fn segments(&self) -> usize {
        self.filled / SEGMENT_BYTES
    }

    /// The content after the last complete segment.
    pub(crate) fn tail(&self) -> &[u8] {
        let at = self.segment_at(self.segments());
        let length = self.filled % SEGMENT_BYTES;
        self.buffer.as_ref().map_or(&[], |buffer| &buffer[at..at + length])
    }

    /// All of the content, without room for tags.
    pub(crate) fn content(&self) -> Vec<u8> {
        let mut content = Vec::with_capacity(self.filled);
        if let Some(buffer) = &self.buffer {
            for index in 0..self.segments() {
                let at = self.segment_at(index);
                content.extend_from_slice(&buffer[at..at + SEGMENT_BYTES]);
            }
        }
        content.extend_from_slice(self.tail());
        content
    }

    /// Complete segment `index` and the room for its tag.
    pub(crate) fn segment_mut(&mut self, index: usize) -> (&mut [u8], &mut [u8]) {
        let (at, tag_bytes) = (self.segment_at(index), self.tag_bytes);
        let buffer = self.buffer.as_mut().expect("a batch with segments has a buffer");
        buffer[at..at + SEGMENT_BYTES + tag_bytes].split_at_mut(SEGMENT_BYTES)
    }

    /// The tail and the room for its tag. Needs a pool, for a tail of nothing has a tag too.
    pub(crate) fn tail_mut(&mut self, pool: &Arc<BufferPool>) -> (&mut [u8], &mut [u8]) {
        let (at, length) = (self.segment_at(self.segments()), self.filled % SEGMENT_BYTES);
        let tag_bytes = self.tag_bytes;
        let buffer = self.buffer.get_or_insert_with(|| pool.take());
        buffer[at..at + length + tag_bytes].split_at_mut(length)
    }

    /// The file's bytes of all complete segments.
    pub(crate) fn sealed_segments(&self) -> &[u8] {
        let end = self.segment_at(self.segments());
        self.buffer.as_ref().map_or(&[], |buffer| &buffer[..end])
    }

    /// The file's bytes of all segments, the tail's among them.
    pub(crate) fn sealed_to_the_end(&self) -> &[u8] {
        let end = self.segment_at(self.segments()) + self.filled % SEGMENT_BYTES + self.tag_bytes;
        self.buffer.as_ref().map_or(&[], |buffer| &buffer[..end])
    }

    fn segment_at(&self, index: usize) -> usize {
        index * (SEGMENT_BYTES + self.tag_bytes)
    }
}
