//! The bodies of answers.

use std::pin::Pin;
use std::task::{Context, Poll};

use blobs::StoreError;
use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use http_body::{Frame, SizeHint};
use operations::{Failure, LayerFollower, LayerReader, LayerUnread};

/// The body of an answer.
pub(crate) enum Body {
    /// Bytes in memory, or none.
    Full(Option<Bytes>),
    /// A layer that is read as the client takes it.
    Layer(Box<LayerReader>),
    /// A layer that is sent as it comes from an upstream registry, and how much of it is left.
    Coming(BoxStream<'static, Result<Bytes, LayerUnread>>, u64),
}

impl Body {
    pub(crate) fn empty() -> Self {
        Self::Full(None)
    }

    /// A part of a layer that is coming, of this length.
    pub(crate) fn coming(follower: LayerFollower, length: u64) -> Self {
        let pieces = stream::unfold(follower, |mut follower| async move {
            follower.next().await.map(|piece| (piece, follower))
        });
        Self::Coming(Box::pin(pieces), length)
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        Self::Full(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

/// The object could not be read to its end, or its key was taken away meanwhile. The connection is
/// closed, so that the client sees that the body is short; the log says why.
#[derive(Debug)]
pub(crate) struct ReadBroken;

impl std::fmt::Display for ReadBroken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object could not be read to its end")
    }
}

impl std::error::Error for ReadBroken {}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = ReadBroken;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ReadBroken>>> {
        match self.get_mut() {
            Self::Full(bytes) => Poll::Ready(next_piece(bytes).map(|piece| Ok(Frame::data(piece)))),
            Self::Layer(reader) => reader
                .poll_next(cx)
                .map(|next| next.map(|read| read.map(Frame::data).map_err(log_broken))),
            Self::Coming(pieces, left) => pieces.poll_next_unpin(cx).map(|next| {
                let piece = next?.map_err(log_broken);
                *left = left.saturating_sub(piece.as_ref().map_or(0, |bytes| bytes.len() as u64));
                Some(piece.map(Frame::data))
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Full(bytes) => bytes.is_none(),
            Self::Layer(reader) => reader.remaining() == 0,
            Self::Coming(_, left) => *left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Full(bytes) => bytes.as_ref().map_or(0, |bytes| bytes.len() as u64),
            Self::Layer(reader) => reader.remaining(),
            Self::Coming(_, left) => *left,
        })
    }
}

fn log_broken(unread: LayerUnread) -> ReadBroken {
    let error = match unread {
        LayerUnread::Store(error) => error,
        LayerUnread::Key(failure) => {
            let why = match failure {
                Failure::Refused(refusal) => refusal.to_string(),
                Failure::Fault(fault) => fault.chain(),
            };
            tracing::info!(why, "ends the sending of a layer: its key cannot be used");
            return ReadBroken;
        }
        LayerUnread::Upstream(failure) => {
            let why = match failure {
                Failure::Refused(refusal) => refusal.to_string(),
                Failure::Fault(fault) => fault.chain(),
            };
            tracing::info!(why, "ends the sending of a layer that came from an upstream registry");
            return ReadBroken;
        }
    };
    let object = match &error {
        StoreError::Corrupt { object, .. } | StoreError::NotFound(object) => object.to_string(),
        _ => String::new(),
    };
    if let Failure::Fault(fault) = Failure::from(error) {
        tracing::error!(object.key = object, error = fault.chain(), "cannot read an object");
    }
    ReadBroken
}

/// Bytes in memory are sent in pieces, so that we notice whether the client takes them.
const PIECE_BYTES: usize = 64 << 10;

fn next_piece(bytes: &mut Option<Bytes>) -> Option<Bytes> {
    match bytes {
        Some(all) if all.len() > PIECE_BYTES => Some(all.split_to(PIECE_BYTES)),
        last => last.take(),
    }
}
