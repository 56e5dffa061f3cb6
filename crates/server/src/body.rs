//! Bodies: what answers are made of, and how request bodies are taken in.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use blobs::ObjectReader;
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, stream};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use operations::BodyBroken;
use prometheus_client::metrics::counter::Counter;

/// What an answer is made of.
pub(crate) enum Body {
    /// Bytes that are at hand, or none.
    Full(Option<Bytes>),
    /// An object that is read as the client takes it.
    Object(Box<ObjectReader>),
}

impl Body {
    pub(crate) fn empty() -> Self {
        Self::Full(None)
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        Self::Full(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

/// The object could not be read to its end. The connection is cut, so that the client sees that the
/// body is short; why is in the log.
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
            Self::Full(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Object(reader) => reader.poll_next(cx).map(|next| {
                next.map(|read| {
                    read.map(Frame::data).map_err(|error| {
                        let failure = operations::Failure::from(error);
                        if let operations::Failure::Fault(fault) = failure {
                            tracing::error!(error = fault.chain(), "an object cannot be read");
                        }
                        ReadBroken
                    })
                })
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Full(bytes) => bytes.is_none(),
            Self::Object(reader) => reader.remaining() == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Full(bytes) => bytes.as_ref().map_or(0, |bytes| bytes.len() as u64),
            Self::Object(reader) => reader.remaining(),
        })
    }
}

/// Why a body that had to be taken in whole was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is longer than it may be.
    TooLarge,
    /// It stopped coming.
    Broken,
}

/// Takes in a whole body of at most `bytes_max`, which may pause for `silence_max`.
pub(crate) async fn read_whole(
    body: Incoming,
    bytes_max: usize,
    silence_max: Duration,
) -> Result<Bytes, Unread> {
    let announced = http_body::Body::size_hint(&body).lower();
    if announced > bytes_max as u64 {
        return Err(Unread::TooLarge);
    }
    let mut body = PacedBody::new(body, silence_max);
    let mut whole = BytesMut::new();
    while let Some(frame) = body.next().await {
        let frame = frame.map_err(|BodyBroken| Unread::Broken)?;
        if whole.len() + frame.len() > bytes_max {
            return Err(Unread::TooLarge);
        }
        if whole.is_empty() {
            // Most bodies come in one piece, which is then not copied.
            whole = BytesMut::from(frame);
        } else {
            whole.extend_from_slice(&frame);
        }
    }
    Ok(whole.freeze())
}

/// A body as a verb takes it in. It may pause for `silence_max`.
pub(crate) fn stream(body: Incoming, silence_max: Duration) -> operations::Body {
    let body = PacedBody::new(body, silence_max);
    let frames = stream::unfold(Some(body), |body| async move {
        let mut body = body?;
        match body.next().await? {
            Ok(frame) => Some((Ok(frame), Some(body))),
            Err(broken) => Some((Err(broken), None)),
        }
    });
    Box::pin(frames) as Pin<Box<dyn Stream<Item = _> + Send>>
}

/// Counts the bytes of a body as they come.
pub(crate) fn count(body: operations::Body, counter: Counter) -> operations::Body {
    Box::pin(body.inspect(move |frame| {
        if let Ok(frame) = frame {
            counter.inc_by(frame.len() as u64);
        }
    }))
}

/// Takes in and forgets the rest of a body that nobody wants, so that the client can read why instead of
/// finding its connection reset while it still sends.
pub(crate) async fn discard(body: Incoming, silence_max: Duration) {
    let mut body = PacedBody::new(body, silence_max);
    let mut left = DISCARDED_BYTES_MAX;
    while let Some(Ok(frame)) = body.next().await {
        left = left.saturating_sub(frame.len());
        if left == 0 {
            return;
        }
    }
}

/// What a client may send after we have answered, before its connection is cut all the same.
const DISCARDED_BYTES_MAX: usize = 32 << 20;

/// A client that sends less than this, over as long as it may be silent, drips to hold its place.
const BYTES_PER_SECOND_MIN: u64 = 1 << 10;

/// A body that is given up when it stops, or drips. Only the time that we wait for the client counts:
/// our own disk may be slow.
struct PacedBody {
    body: Incoming,
    silence_max: Duration,
    waited: Duration,
    received_bytes: u64,
}

impl PacedBody {
    fn new(body: Incoming, silence_max: Duration) -> Self {
        Self { body, silence_max, waited: Duration::ZERO, received_bytes: 0 }
    }

    async fn next(&mut self) -> Option<Result<Bytes, BodyBroken>> {
        loop {
            let began = Instant::now();
            let frame = tokio::time::timeout(self.silence_max, self.body.frame()).await;
            let frame = match frame {
                Ok(None) => return None,
                Ok(Some(Ok(frame))) => frame,
                Ok(Some(Err(_))) | Err(_) => return Some(Err(BodyBroken)),
            };
            // Trailers carry nothing that we know.
            let Ok(data) = frame.into_data() else { continue };
            let drips = self.drips(began.elapsed(), data.len() as u64);
            return Some(if drips { Err(BodyBroken) } else { Ok(data) });
        }
    }

    fn drips(&mut self, waited: Duration, bytes: u64) -> bool {
        self.waited += waited;
        self.received_bytes += bytes;
        if self.waited < self.silence_max {
            return false;
        }
        let drips = self.received_bytes < self.waited.as_secs() * BYTES_PER_SECOND_MIN;
        (self.waited, self.received_bytes) = (Duration::ZERO, 0);
        drips
    }
}
