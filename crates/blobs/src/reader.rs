use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::StoreError;
use crate::blobs::settle;
use crate::buffer::{Buffer, BufferPool};
use crate::corrupt_reads::CorruptReads;
use crate::segments::{Segments, Stretch};

/// Yields a part of an object's content, authenticated, in chunks of up to 256 KiB.
///
/// Bytes that the system has in memory are read and opened where the reader is polled. A batch goes
/// to another thread only if it has to wait for a disk or a network.
pub struct ObjectReader {
    stage: Stage,
    ready: VecDeque<Bytes>,
    pool: Arc<BufferPool>,
    corrupt_reads: CorruptReads,
    remaining: u64,
}

enum Stage {
    Idle(Box<Segments>),
    Waiting(JoinHandle<Result<Opened, StoreError>>),
    Ended,
}

/// A stretch that is read and authenticated.
struct Opened {
    segments: Box<Segments>,
    stretch: Stretch,
    buffer: Buffer,
}

impl ObjectReader {
    pub(crate) fn new(
        segments: Segments,
        pool: Arc<BufferPool>,
        corrupt_reads: CorruptReads,
    ) -> Self {
        let (ready, remaining) = (VecDeque::new(), segments.remaining());
        let stage = Stage::Idle(Box::new(segments));
        Self { stage, ready, pool, corrupt_reads, remaining }
    }

    /// How many bytes are left.
    pub fn remaining(&self) -> u64 {
        self.remaining
    }

    /// The next chunk; `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, StoreError>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// The next chunk, for pollers.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, StoreError>>> {
        loop {
            if let Some(chunk) = self.ready.pop_front() {
                self.remaining -= chunk.len() as u64;
                return Poll::Ready(Some(Ok(chunk)));
            }
            let step = match std::mem::replace(&mut self.stage, Stage::Ended) {
                Stage::Ended => return Poll::Ready(None),
                Stage::Idle(segments) => self.start(segments),
                Stage::Waiting(mut work) => match Pin::new(&mut work).poll(cx) {
                    Poll::Ready(joined) => settle(joined).map(|opened| self.take_in(opened)),
                    Poll::Pending => {
                        self.stage = Stage::Waiting(work);
                        return Poll::Pending;
                    }
                },
            };
            if let Err(error) = step {
                self.corrupt_reads.note(&error);
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Reads the next stretch here if it is in memory, or else on another thread.
    fn start(&mut self, mut segments: Box<Segments>) -> Result<(), StoreError> {
        let Some(stretch) = segments.stretch() else { return Ok(()) };
        let mut buffer = self.pool.take();
        let at_hand = segments.source().read_ready(stretch.at, &mut buffer[..stretch.length])?;
        if at_hand == stretch.length {
            segments.unseal(stretch, &mut buffer)?;
            self.take_in(Opened { segments, stretch, buffer });
        } else {
            self.stage = Stage::Waiting(spawn_blocking(move || {
                let (at, rest) = (stretch.at + at_hand as u64, at_hand..stretch.length);
                segments.source().read_at(at, &mut buffer[rest])?;
                segments.unseal(stretch, &mut buffer)?;
                Ok(Opened { segments, stretch, buffer })
            }));
        }
        Ok(())
    }

    fn take_in(&mut self, opened: Opened) {
        let Opened { segments, stretch, buffer } = opened;
        let bytes = Bytes::from_owner(buffer);
        self.ready.extend(segments.pieces(stretch).map(|piece| bytes.slice(piece)));
        self.stage = Stage::Idle(segments);
    }
}

impl fmt::Debug for ObjectReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectReader").field("remaining", &self.remaining).finish_non_exhaustive()
    }
}
