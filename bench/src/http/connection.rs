//! One keep-alive connection.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::head::{Framing, Head};

/// Large enough that a layer costs few system calls, small enough to stay in the second-level
/// cache.
const READ_BUFFER_BYTES: usize = 256 * 1024;

/// An answer kept whole is a list or an error, never a layer.
const KEPT_BODY_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// A chunk's size line: sixteen hexadecimal digits at most, and no extensions.
const CHUNK_LINE_BYTES_MAX: usize = 18;

/// A connection and its read buffer.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    received: u64,
}

impl Connection {
    /// Connects, without waiting to fill packets.
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("connect")?;
        stream.set_nodelay(true)?;
        let buffer = vec![0; READ_BUFFER_BYTES].into_boxed_slice();
        Ok(Self { stream, buffer, start: 0, end: 0, received: 0 })
    }

    /// The bytes received so far: heads and bodies.
    pub(crate) fn received_bytes(&self) -> u64 {
        self.received
    }

    /// Sends bytes as they are: a request, or a part of one.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes).await.context("send")
    }

    /// Reads the head of the next answer.
    pub(crate) async fn head(&mut self) -> Result<Head> {
        loop {
            if let Some((head, length)) = Head::parse(&self.buffer[self.start..self.end])? {
                self.start += length;
                ensure!(!head.closes, "the server closes after status {}", head.status);
                return Ok(head);
            }
            self.read_more().await.context("a head")?;
        }
    }

    /// Discards the body and returns its length.
    pub(crate) async fn discard(&mut self, framing: Framing) -> Result<u64> {
        match framing {
            Framing::Length(length) => self.skip(length).await.map(|()| length),
            Framing::Chunked => self.each_chunk(None).await,
        }
    }

    /// Keeps the body.
    pub(crate) async fn collect(&mut self, framing: Framing) -> Result<Vec<u8>> {
        let mut kept = Vec::new();
        match framing {
            Framing::Length(length) => self.keep(length, &mut kept).await?,
            Framing::Chunked => {
                self.each_chunk(Some(&mut kept)).await?;
            }
        }
        Ok(kept)
    }

    async fn each_chunk(&mut self, mut kept: Option<&mut Vec<u8>>) -> Result<u64> {
        let mut total = 0;
        loop {
            let size = self.chunk_size().await?;
            match &mut kept {
                Some(kept) => self.keep(size, kept).await?,
                None => self.skip(size).await?,
            }
            ensure!(self.line().await?.is_empty(), "a chunk does not end where it said");
            if size == 0 {
                return Ok(total);
            }
            total += size;
        }
    }

    async fn chunk_size(&mut self) -> Result<u64> {
        let line = self.line().await?;
        u64::from_str_radix(&line, 16).with_context(|| format!("chunk size {line:?}"))
    }

    /// The next short line, without its end.
    async fn line(&mut self) -> Result<String> {
        loop {
            let ahead = &self.buffer[self.start..self.end];
            if let Some(length) = ahead.windows(2).position(|window| window == b"\r\n") {
                let line = String::from_utf8_lossy(&ahead[..length]).into_owned();
                self.start += length + 2;
                return Ok(line);
            }
            ensure!(ahead.len() < CHUNK_LINE_BYTES_MAX, "a chunk line without end");
            self.read_more().await.context("a chunk line")?;
        }
    }

    async fn skip(&mut self, length: u64) -> Result<()> {
        let mut missing = length;
        loop {
            let ahead = self.end - self.start;
            if missing <= ahead as u64 {
                self.start += usize::try_from(missing).expect("no more than is in the buffer");
                return Ok(());
            }
            missing -= ahead as u64;
            (self.start, self.end) = (0, 0);
            self.read_more().await.context("a body")?;
        }
    }

    async fn keep(&mut self, length: u64, kept: &mut Vec<u8>) -> Result<()> {
        let whole = length.saturating_add(kept.len() as u64);
        ensure!(whole <= KEPT_BODY_BYTES_MAX, "a body of {whole} bytes where none was expected");
        let whole = usize::try_from(whole).expect("just bounded");
        while kept.len() < whole {
            if self.start == self.end {
                self.read_more().await.context("a body")?;
            }
            let taken = (whole - kept.len()).min(self.end - self.start);
            kept.extend_from_slice(&self.buffer[self.start..self.start + taken]);
            self.start += taken;
        }
        Ok(())
    }

    async fn read_more(&mut self) -> Result<()> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        } else if self.end == self.buffer.len() {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        let read = self.stream.read(&mut self.buffer[self.end..]).await.context("read")?;
        if read == 0 {
            bail!("the server closed the connection");
        }
        self.end += read;
        self.received += read as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// Serves `answer` in pieces of `piece` bytes, so that every boundary falls in odd places.
    async fn connected_to(answer: &'static [u8], piece: usize) -> Connection {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            for piece in answer.chunks(piece) {
                stream.write_all(piece).await.unwrap();
                tokio::task::yield_now().await;
            }
        });
        Connection::open(address).await.unwrap()
    }

    #[tokio::test]
    async fn answers_are_read_whole_however_they_are_cut() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello\
            HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n\
            HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nbye";
        for piece in [1, 3, 7, 64, 4096] {
            let mut connection = connected_to(answer, piece).await;
            let mut bodies = Vec::new();
            for _ in 0..3 {
                let head = connection.head().await.unwrap();
                bodies.push(connection.collect(head.framing).await.unwrap());
            }
            assert_eq!(bodies, [&b"hello"[..], b"hello world", b"bye"], "pieces of {piece}");
        }
    }

    #[tokio::test]
    async fn a_discarded_body_leaves_the_next_answer_in_place() {
        let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n\
            HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok\
            HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
        let mut connection = connected_to(answer, 5).await;
        let mut seen = Vec::new();
        for _ in 0..3 {
            let head = connection.head().await.unwrap();
            seen.push((head.status, connection.discard(head.framing).await.unwrap()));
        }
        assert_eq!(seen, [(200, 3), (201, 2), (202, 0)]);
    }

    #[tokio::test]
    async fn bodies_that_lie_about_their_length_are_refused() {
        #[rustfmt::skip]
        let cases: [(&'static [u8], &str); 4] = [
            (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",                           "ends early"),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",                      "too long to keep"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",                 "not a size"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabcdefgh\r\n",      "longer than it said"),
        ];
        for (answer, because) in cases {
            let mut connection = connected_to(answer, 4096).await;
            let head = connection.head().await.unwrap();
            assert!(connection.collect(head.framing).await.is_err(), "{because}");
        }
    }
}
