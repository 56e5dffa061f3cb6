//! Tracks the activity of a connection: whether anything happens, and whether the client reads its
//! answers.
//!
//! With HTTP/1 both show at the socket, where `stall` and hyper look. With HTTP/2 a client can
//! answer pings for ever without a request, and read one stream while it lets another wait. So each
//! request counts as activity until its answer is handed over, and each stream is watched
//! separately.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio_util::sync::PollSemaphore;

use crate::answers::Share;
use crate::body::{Body, ReadBroken};
use crate::tasks::Tasks;

/// The requests under way on one connection.
#[derive(Clone)]
pub(crate) struct Activity(watch::Sender<usize>);

/// A request under way, until it is dropped.
pub(crate) struct Busy(watch::Sender<usize>);

impl Activity {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    pub(crate) fn begin(&self) -> Busy {
        self.0.send_modify(|requests| *requests += 1);
        Busy(self.0.clone())
    }

    /// Returns once there was no request for so long.
    pub(crate) async fn none_for(&self, long: Duration) {
        let mut requests = self.0.subscribe();
        loop {
            let is_gone = requests.wait_for(|requests| *requests == 0).await.is_err();
            if is_gone {
                return;
            }
            if tokio::time::timeout(long, requests.changed()).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.send_modify(|requests| *requests -= 1);
    }
}

/// How a client reads an answer.
#[derive(Default)]
struct Taking {
    /// Whether there are bytes that it has not taken.
    waits: AtomicBool,
    turns: AtomicU64,
}

impl Taking {
    fn note(&self, waits: bool) {
        self.waits.store(waits, Ordering::Relaxed);
        self.turns.fetch_add(1, Ordering::Relaxed);
    }

    /// Returns once the client has taken nothing for this long.
    async fn stopped_for(&self, long: Duration) {
        /// How often we check in that time.
        const LOOKS: u32 = 4;
        let (mut seen, mut quiet) = (0, 0);
        while quiet < LOOKS {
            tokio::time::sleep(long / LOOKS).await;
            let turn = self.turns.load(Ordering::Relaxed);
            let is_quiet = self.waits.load(Ordering::Relaxed) && turn == seen;
            quiet = if is_quiet { quiet + 1 } else { 0 };
            seen = turn;
        }
    }
}

tokio::task_local! {
    static TAKING: Arc<Taking>;
}

/// Runs the streams of HTTP/2, and resets one whose answer is not read. (hyper runs nothing else on
/// an executor.)
#[derive(Clone)]
pub(crate) struct Streams {
    tasks: Tasks,
    silence_max: Duration,
}

impl Streams {
    pub(crate) fn new(tasks: Tasks, silence_max: Duration) -> Self {
        Self { tasks, silence_max }
    }
}

impl<F> hyper::rt::Executor<F> for Streams
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, stream: F) {
        let silence_max = self.silence_max;
        self.tasks.spawn(async move {
            let taking = Arc::<Taking>::default();
            tokio::select! {
                _ = TAKING.scope(taking.clone(), stream) => {}
                // A stream that is dropped is reset.
                () = taking.stopped_for(silence_max) => tracing::debug!("the client does not read its answer"),
            }
        });
    }
}

/// The body of an answer, which notes how it is read.
pub(crate) struct Watched {
    body: Body,
    turns: PollSemaphore,
    /// The share that these turns belong to: they end with it.
    _share: Arc<Share>,
    turn: Option<OwnedSemaphorePermit>,
    taking: Option<Arc<Taking>>,
    _busy: Busy,
}

impl Watched {
    /// Call it where the answer is made, on its stream.
    pub(crate) fn new(body: Body, busy: Busy, share: Arc<Share>) -> Self {
        let taking = TAKING.try_with(Arc::clone).ok();
        if let Some(taking) = &taking {
            taking.note(true);
        }
        Self { body, turns: share.layers(), _share: share, turn: None, taking, _busy: busy }
    }

    /// A layer is read only in its turn: read bytes stay in memory until the client takes them.
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ReadBroken>>> {
        if self.turn.is_none() && matches!(self.body, Body::Layer(_) | Body::Coming(..)) {
            self.turn = ready!(self.turns.poll_acquire(cx));
        }
        http_body::Body::poll_frame(Pin::new(&mut self.body), cx)
    }
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = ReadBroken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ReadBroken>>> {
        let next = self.next(cx);
        if let Some(taking) = &self.taking {
            // While we read, the client waits for us.
            taking.note(next.is_ready());
        }
        next
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_millis(80);

    #[tokio::test]
    async fn a_connection_is_idle_only_between_requests() {
        let activity = Activity::new();
        let busy = activity.begin();
        let idle = activity.none_for(LONG);
        tokio::pin!(idle);
        assert!(tokio::time::timeout(LONG * 3, &mut idle).await.is_err(), "a request is under way");
        drop(busy);
        assert!(tokio::time::timeout(LONG / 4, &mut idle).await.is_err(), "it ended just now");
        assert!(tokio::time::timeout(LONG * 10, idle).await.is_ok());
    }

    #[tokio::test]
    async fn only_a_client_that_lets_bytes_wait_has_stopped() {
        let taking = Taking::default();
        let stopped = taking.stopped_for(LONG);
        tokio::pin!(stopped);
        assert!(tokio::time::timeout(LONG * 3, &mut stopped).await.is_err(), "nothing is for it");
        taking.note(true);
        assert!(tokio::time::timeout(LONG * 10, stopped).await.is_ok());
    }
}
