//! The socket of a client. While the server drains, it is closed only when the client has what it
//! was sent.
//!
//! A client that reads slowly has megabytes of its layer in the buffers of our kernel when we have
//! sent everything. The kernel delivers them after we close, and even after this process ends,
//! except in a container: there the network, with these buffers, ends with the process, and the
//! pull breaks off just before its end. Only the kernel knows what the client has acknowledged, and
//! a `close` that waits for it (`SO_LINGER`) is its way to say so.

use std::io::{self, IoSlice};
use std::net::TcpStream as BlockingStream;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use rustix::net::sockopt::set_socket_linger;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::tasks::Tasks;

/// So much fits into the buffers of any client's kernel, where it is safe from our end.
const TAKEN_AT_ONCE_BYTES: usize = 64 << 10;

pub(crate) struct Socket {
    /// There until the end.
    stream: Option<TcpStream>,
    tasks: Tasks,
    /// How long a client may take nothing of what it was sent.
    silence_max: Duration,
    sent_bytes: usize,
    sent_at: Option<Instant>,
}

impl Socket {
    pub(crate) fn new(stream: TcpStream, tasks: Tasks, silence_max: Duration) -> Self {
        Self { stream: Some(stream), tasks, silence_max, sent_bytes: 0, sent_at: None }
    }

    fn stream(&mut self) -> Pin<&mut TcpStream> {
        Pin::new(self.stream.as_mut().expect("a socket has its stream until it is dropped"))
    }

    fn sent(&mut self, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(bytes)) = &outcome {
            self.sent_bytes = self.sent_bytes.saturating_add(*bytes);
            self.sent_at = Some(Instant::now());
        }
        outcome
    }

    /// May the client still have to take something?
    fn is_owed(&self) -> bool {
        self.sent_bytes > TAKEN_AT_ONCE_BYTES
            && self.sent_at.is_some_and(|at| at.elapsed() < self.silence_max)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if !self.tasks.is_draining() || !self.is_owed() {
            return;
        }
        if let Some(Ok(stream)) = self.stream.take().map(TcpStream::into_std) {
            close_patiently(stream, &self.tasks, self.silence_max);
        }
    }
}

/// Closes once the client has acknowledged everything, in a thread, because the kernel lets the
/// caller wait. The end of the process does not wait for that thread; the drain does.
fn close_patiently(stream: BlockingStream, tasks: &Tasks, patience: Duration) {
    if set_socket_linger(&stream, Some(patience)).is_err() {
        return;
    }
    let (closed, is_closed) = oneshot::channel::<()>();
    let close = move || {
        drop(stream);
        drop(closed);
    };
    // Without a thread it is closed here, as it would be without a drain.
    if thread::Builder::new().name("close".into()).spawn(close).is_ok() {
        tasks.spawn(is_closed);
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream().poll_read(cx, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = self.stream().poll_write(cx, bytes);
        self.sent(outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = self.stream().poll_write_vectored(cx, bytes);
        self.sent(outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.as_ref().is_some_and(TcpStream::is_write_vectored)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(cx)
    }
}
