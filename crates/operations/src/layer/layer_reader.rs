use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use blobs::{ObjectReader, StoreError};
use bytes::Bytes;
use keys::customer_keys::KeyWatch;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Failure;

/// Why a layer could not be read to its end.
#[derive(Debug)]
pub enum LayerUnread {
    /// Because of the store, or of what is in it.
    Store(StoreError),
    /// Because its repository may not use its key any more.
    Key(Failure),
    /// Because it comes from an upstream registry, and did not come to its end.
    Upstream(Failure),
}

impl From<LayerUnread> for Failure {
    fn from(unread: LayerUnread) -> Self {
        match unread {
            LayerUnread::Store(error) => error.into(),
            LayerUnread::Key(failure) | LayerUnread::Upstream(failure) => failure,
        }
    }
}

/// Yields a part of a layer, in chunks, for as long as its repository may use its key.
#[derive(Debug)]
pub struct LayerReader {
    object: ObjectReader,
    /// What was read ahead of the first request for a chunk, and its place among those.
    first: Option<(Bytes, OwnedSemaphorePermit)>,
    places: Arc<Semaphore>,
    /// If someone can take the key away.
    watch: Option<KeyWatch>,
    has_ended: bool,
}

impl LayerReader {
    /// `places` are those of chunks that are read ahead.
    pub(crate) fn new(
        object: ObjectReader,
        watch: Option<KeyWatch>,
        places: Arc<Semaphore>,
    ) -> Self {
        Self { object, first: None, places, watch, has_ended: false }
    }

    /// How many bytes are left.
    pub fn remaining(&self) -> u64 {
        self.object.remaining() + self.first.as_ref().map_or(0, |(first, _)| first.len() as u64)
    }

    /// Reads the first chunk, which the next call of [`LayerReader::next`] yields: a layer that
    /// cannot be read is then known before anything is answered. Where clients do not take what
    /// they asked for, chunks that wait would fill the memory: without a place, none is read.
    pub async fn read_ahead(&mut self) -> Result<(), LayerUnread> {
        if self.first.is_none()
            && let Ok(place) = Arc::clone(&self.places).try_acquire_owned()
        {
            self.first = self.next().await.transpose()?.map(|chunk| (chunk, place));
        }
        Ok(())
    }

    /// The next chunk; `None` after the last one or a failure.
    pub async fn next(&mut self) -> Option<Result<Bytes, LayerUnread>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// The next chunk, for pollers.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, LayerUnread>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        if let Some(watch) = &mut self.watch
            && let Err(fault) = ready!(watch.poll_usable(cx))
        {
            self.has_ended = true;
            return Poll::Ready(Some(Err(LayerUnread::Key(fault.into()))));
        }
        if let Some((first, _)) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        self.object.poll_next(cx).map(|next| next.map(|read| read.map_err(LayerUnread::Store)))
    }
}
