//! Passes one request and its answer on, byte by byte as they were sent.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};

use crate::cluster::framing::Message;

/// How much a client may send ahead of its turn.
const AHEAD_BYTES_MAX: usize = 1 << 20;

/// How long a client that was answered early is listened to, so that it reads the answer and no
/// reset.
const LINGER: Duration = Duration::from_secs(2);

/// A client's connection, and its bytes that are not forwarded yet.
pub(crate) struct Client {
    pub(crate) stream: TcpStream,
    pub(crate) pending: Vec<u8>,
}

/// What follows an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    Request,
    End,
}

impl Client {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream, pending: Vec::new() }
    }

    /// Waits for the first bytes of a request; `false` if none will arrive.
    pub(crate) async fn begins(&mut self) -> bool {
        !self.pending.is_empty()
            || matches!(self.stream.read_buf(&mut self.pending).await, Ok(read) if read > 0)
    }

    /// Passes a request on, and its answer back.
    pub(crate) async fn exchange(&mut self, mut server: TcpStream) -> Next {
        let mut request = Message::request();
        let mut first = Vec::new();
        self.pass(&mut request, &mut first);
        if server.write_all(&first).await.is_err() {
            return Next::End;
        }
        if request.head_is_over() && !request.is_over() && request.line().is_empty() {
            // TLS: the connection is one request.
            let _ = copy_bidirectional(&mut self.stream, &mut server).await;
            return Next::End;
        }
        let next = self.converse(request, server).await;
        if next == Next::End {
            self.linger().await;
        }
        next
    }

    fn pass(&mut self, request: &mut Message, to: &mut Vec<u8>) {
        let taken = request.take(&self.pending);
        to.extend(self.pending.drain(..taken));
    }

    async fn converse(&mut self, request: Message, mut server: TcpStream) -> Next {
        let Self { stream, pending } = self;
        let (mut from_client, mut to_client) = stream.split();
        let (mut from_server, mut to_server) = server.split();
        let progress = Progress::default();
        progress.see(&request);
        let forward = forward(request, &progress, pending, &mut from_client, &mut to_server);
        tokio::pin!(forward);
        let mut answer = None;
        let mut bytes = vec![0; 64 << 10];
        loop {
            let read = tokio::select! {
                ended = &mut forward => match ended {
                    Ok(()) => return Next::Request,
                    Err(_) => return Next::End,
                },
                read = from_server.read(&mut bytes) => read,
            };
            let Ok(read @ 1..) = read else { return Next::End };
            let answer = answer
                .get_or_insert_with(|| Message::answer(progress.to_head.load(Ordering::Relaxed)));
            answer.take(&bytes[..read]);
            if to_client.write_all(&bytes[..read]).await.is_err() {
                return Next::End;
            }
            if answer.is_over() {
                if answer.says_close() {
                    return Next::End;
                }
                progress.answered.store(true, Ordering::Relaxed);
                if progress.asked.load(Ordering::Relaxed) {
                    return Next::Request;
                }
            }
        }
    }

    /// Ends the sending side, and lets the client finish.
    pub(crate) async fn linger(&mut self) {
        if self.stream.shutdown().await.is_err() {
            return;
        }
        let mut rest = vec![0; 64 << 10];
        let drained =
            async { while matches!(self.stream.read(&mut rest).await, Ok(read) if read > 0) {} };
        let _ = tokio::time::timeout(LINGER, drained).await;
    }
}

/// The state that the two directions share.
#[derive(Default)]
struct Progress {
    to_head: AtomicBool,
    asked: AtomicBool,
    answered: AtomicBool,
}

impl Progress {
    fn see(&self, request: &Message) {
        if request.head_is_over() {
            self.to_head.store(request.line().starts_with("HEAD "), Ordering::Relaxed);
        }
        self.asked.store(request.is_over(), Ordering::Relaxed);
    }
}

/// Forwards the request, and then waits whether the client leaves. Ends well when an early answer's
/// request is over.
async fn forward(
    mut request: Message,
    progress: &Progress,
    pending: &mut Vec<u8>,
    from_client: &mut ReadHalf<'_>,
    to_server: &mut WriteHalf<'_>,
) -> io::Result<()> {
    loop {
        if !request.is_over() {
            let taken = request.take(pending);
            progress.see(&request);
            if to_server.write_all(&pending[..taken]).await.is_err() {
                // It has refused the rest; its answer is still to be read.
                std::future::pending::<()>().await;
            }
            pending.drain(..taken);
        }
        if request.is_over() && progress.answered.load(Ordering::Relaxed) {
            return Ok(());
        }
        if pending.len() > AHEAD_BYTES_MAX {
            std::future::pending::<()>().await;
        }
        if from_client.read_buf(pending).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}
