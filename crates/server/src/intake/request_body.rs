use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, stream};
use http::HeaderMap;
use http::header::EXPECT;
use hyper::body::Incoming;
use identity::sigv4::{PayloadHash, PayloadHasher};
use operations::BodyBroken;
use prometheus_client::metrics::counter::Counter;
use tokio::runtime::Handle;

use super::pace::PacedBody;
use super::room::{Held, NoRoom, Payer, Room};
use crate::tasks::Tasks;

/// How much a client may send after the answer, before its connection is closed: more than the
/// largest call, so that clients that send everything before they read find their answer.
pub(crate) const DRAINED_BYTES_MAX: u64 = 32 << 20;

/// And for how long.
const DRAINED_FOR_MAX: Duration = Duration::from_secs(30);

/// The resources that all bodies share.
pub(crate) struct Intake {
    /// Room for those that are kept in memory.
    pub(crate) room: Room,
    /// How long a client may pause.
    pub(crate) silence_max: Duration,
    /// The tasks that drain the rest of bodies.
    pub(crate) tasks: Tasks,
}

/// The body of a request, still on its connection. If it is dropped, the rest is drained.
pub(crate) struct RequestBody {
    /// `None` once it is over, given up, or handed on to be drained.
    paced: Option<PacedBody>,
    intake: Arc<Intake>,
    /// The client waits for `100 Continue` before it sends its body, and sends none after another
    /// answer.
    waits_to_be_asked: bool,
}

/// Why a body that had to be read whole was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is longer than the limit.
    TooLarge,
    /// It stopped coming.
    Broken,
    /// Too much is being read already, for this payer or in total, or it arrived too slowly while
    /// others waited for its room.
    NoRoom,
}

/// A body that was read whole. Its room is released with it.
pub(crate) struct WholeBody {
    bytes: Bytes,
    hash: PayloadHash,
    _held: Held,
}

impl WholeBody {
    /// The hash of the body, for the signature.
    pub(crate) fn hash(&self) -> &PayloadHash {
        &self.hash
    }
}

impl Deref for WholeBody {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.bytes
    }
}

impl RequestBody {
    pub(crate) fn new(body: Incoming, headers: &HeaderMap, intake: &Arc<Intake>) -> Self {
        let paced = PacedBody::new(body, intake.silence_max);
        let paced = Some(paced).filter(|body| !body.is_over());
        let waits_to_be_asked = headers.contains_key(EXPECT);
        Self { paced, intake: intake.clone(), waits_to_be_asked }
    }

    /// Its stated length; an absent body has no bytes.
    pub(crate) fn announced(&self) -> Option<u64> {
        self.paced.as_ref().map_or(Some(0), PacedBody::announced)
    }

    /// Reads it whole, if it has at most `bytes_max` and there is room for it.
    pub(crate) async fn read_whole(
        mut self,
        payer: Payer,
        bytes_max: usize,
    ) -> Result<WholeBody, Unread> {
        let announced = self.announced().map_or(Ok(bytes_max), usize::try_from);
        let announced = announced.ok().filter(|bytes| *bytes <= bytes_max);
        let announced = announced.ok_or(Unread::TooLarge)?;
        let mut held =
            self.intake.room.take(payer, announced).await.map_err(|NoRoom| Unread::NoRoom)?;
        let (mut hasher, mut whole) = (PayloadHasher::default(), BytesMut::new());
        while let Some(frame) =
            held.unless_cut(self.next()).await.map_err(|NoRoom| Unread::NoRoom)?
        {
            let frame = frame.map_err(|BodyBroken| Unread::Broken)?;
            if whole.len() + frame.len() > announced {
                return Err(Unread::TooLarge);
            }
            hasher.update(&frame);
            held.received(frame.len());
            if whole.is_empty() {
                // Most bodies arrive in one piece, which is then not copied.
                whole = BytesMut::from(frame);
            } else {
                whole.reserve(announced - whole.len());
                whole.extend_from_slice(&frame);
            }
        }
        held.has_arrived();
        Ok(WholeBody { bytes: whole.freeze(), hash: hasher.finish(), _held: held })
    }

    /// The body as a stream, for a verb that stores bytes as they arrive.
    pub(crate) fn into_stream(self) -> operations::Body {
        let frames = stream::unfold(self, |mut body| async move {
            let frame = body.next().await?;
            Some((frame, body))
        });
        Box::pin(frames) as Pin<Box<dyn Stream<Item = _> + Send>>
    }

    async fn next(&mut self) -> Option<Result<Bytes, BodyBroken>> {
        self.waits_to_be_asked = false;
        let next = self.paced.as_mut()?.next().await;
        if !matches!(next, Some(Ok(_))) {
            self.paced = None;
        }
        next
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        let Some(paced) = self.paced.take() else { return };
        // Without a runtime there is no connection either.
        if !paced.is_over() && !self.waits_to_be_asked && Handle::try_current().is_ok() {
            self.intake.tasks.spawn(drain(paced));
        }
    }
}

/// Hears a body that nothing is done with.
async fn drain(mut body: PacedBody) {
    let all = async {
        let mut left = DRAINED_BYTES_MAX;
        while let Some(Ok(frame)) = body.next().await {
            left = left.saturating_sub(frame.len() as u64);
            if left == 0 {
                return;
            }
        }
    };
    // A body that takes longer is dropped, like one that is longer.
    drop(tokio::time::timeout(DRAINED_FOR_MAX, all).await);
}

/// Counts the bytes of a body as they arrive.
pub(crate) fn count(body: operations::Body, counter: Counter) -> operations::Body {
    Box::pin(body.inspect(move |frame| {
        if let Ok(frame) = frame {
            counter.inc_by(frame.len() as u64);
        }
    }))
}
