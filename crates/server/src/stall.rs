//! Closes a connection that stops reading its answer, and one that never sends a request.
//!
//! hyper limits how long a request may take to begin, and `body` how long a body may pause; this
//! module limits how long a client may refuse to read what we send. It is a limit on silence, not
//! on duration: a slow pull of many gigabytes may take all day.
//!
//! hyper also waits for ever for the first bytes, which distinguish HTTP/1 from HTTP/2; that wait
//! is limited here too.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

pub(crate) struct CutWhenStalled<T> {
    io: T,
    /// How long a client may read nothing while there are bytes for it.
    silence_max: Duration,
    deadline: Option<Pin<Box<Sleep>>>,
    stalled: Stalled,
    /// Until when the greeting must be there; none once it is.
    greeting_deadline: Option<Pin<Box<Sleep>>>,
    greeting_bytes: usize,
}

/// Whether there are bytes that the client does not take.
#[derive(Clone, Default)]
pub(crate) struct Stalled(Arc<AtomicBool>);

impl Stalled {
    /// Are there?
    pub(crate) fn now(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self, is_stalled: bool) {
        self.0.store(is_stalled, Ordering::Relaxed);
    }
}

/// The length of HTTP/2's preface. A shorter request of HTTP/1 asks for nothing that takes long.
const GREETING_BYTES: usize = 24;

impl<T> CutWhenStalled<T> {
    pub(crate) fn new(io: T, silence_max: Duration) -> Self {
        let greeting_deadline = Some(Box::pin(sleep_until(Instant::now() + silence_max)));
        let stalled = Stalled::default();
        Self { io, silence_max, deadline: None, stalled, greeting_deadline, greeting_bytes: 0 }
    }

    pub(crate) fn stalled(&self) -> Stalled {
        self.stalled.clone()
    }

    fn judge<R>(
        &mut self,
        cx: &mut Context<'_>,
        outcome: Poll<io::Result<R>>,
    ) -> Poll<io::Result<R>> {
        self.stalled.set(outcome.is_pending());
        if outcome.is_ready() {
            self.deadline = None;
            return outcome;
        }
        let silence_max = self.silence_max;
        let deadline = self
            .deadline
            .get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + silence_max)));
        if deadline.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for CutWhenStalled<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.io).poll_read(cx, buffer);
        let Some(deadline) = &mut self.greeting_deadline else { return outcome };
        if outcome.is_pending() {
            return deadline.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()));
        }
        self.greeting_bytes += buffer.filled().len() - before;
        if self.greeting_bytes >= GREETING_BYTES {
            self.greeting_deadline = None;
        }
        outcome
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for CutWhenStalled<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.io).poll_write(cx, bytes);
        self.judge(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.io).poll_write_vectored(cx, bytes);
        self.judge(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.io).poll_flush(cx);
        self.judge(cx, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.io).poll_shutdown(cx);
        self.judge(cx, outcome)
    }
}
