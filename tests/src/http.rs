//! HTTP/1.1 by hand: for tests that must know what was sent and what was answered, and that send
//! what no client would.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use tokio::net::TcpSocket;

/// Longer than the server lets any client wait; a test that hangs must not hang the run.
const PATIENCE: Duration = Duration::from_secs(90);

/// A request, about to be sent.
#[derive(Debug, Clone)]
pub struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    framing: Framing,
}

/// How the server learns where the body ends.
#[derive(Debug, Clone, Copy)]
enum Framing {
    /// By its length.
    Length,
    /// By pieces of this many bytes.
    Chunked(usize),
    /// By headers that the test has written itself.
    Claimed,
}

impl Request {
    /// A request without a body.
    pub fn new(method: &str, target: &str) -> Self {
        let (method, target) = (method.to_owned(), target.to_owned());
        Self { method, target, headers: Vec::new(), body: Vec::new(), framing: Framing::Length }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a body with its `Content-Length`.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends the body in pieces, without a length.
    #[must_use]
    pub fn in_chunks_of(mut self, bytes: usize) -> Self {
        self.framing = Framing::Chunked(bytes);
        self
    }

    /// Sends the body after a `Content-Length` that may be wrong.
    #[must_use]
    pub fn claiming_length(mut self, length: u64) -> Self {
        self.framing = Framing::Claimed;
        self.header("content-length", &length.to_string())
    }

    fn to_bytes(&self, host: &str) -> Vec<u8> {
        let Self { method, target, headers, body, framing } = self;
        let mut lines = vec![format!("{method} {target} HTTP/1.1"), format!("host: {host}")];
        lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        match framing {
            Framing::Length if body.is_empty() && matches!(&**method, "GET" | "HEAD") => {}
            Framing::Length => lines.push(format!("content-length: {}", body.len())),
            Framing::Chunked(_) => lines.push("transfer-encoding: chunked".to_owned()),
            Framing::Claimed => {}
        }
        let mut bytes = (lines.join("\r\n") + "\r\n\r\n").into_bytes();
        if let Framing::Chunked(size) = framing {
            for piece in body.chunks(*size) {
                bytes.extend(format!("{:x}\r\n", piece.len()).into_bytes());
                bytes.extend_from_slice(piece);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(b"0\r\n\r\n");
        } else {
            bytes.extend_from_slice(body);
        }
        bytes
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, or nothing if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The code of the first error at the OCI door; nothing if the body names none.
    pub fn code(&self) -> String {
        self.json()["errors"][0]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// One connection. Requests go one after the other.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    /// Connects to `HOST:PORT`.
    pub fn open(address: &str) -> io::Result<Self> {
        Self::over(TcpStream::connect(address)?, address)
    }

    fn over(stream: TcpStream, address: &str) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let host = address.to_owned();
        Ok(Self { stream: BufReader::with_capacity(64 << 10, stream), host })
    }

    /// Connects to `HOST:PORT` from another address of this machine, such as 127.0.0.2.
    pub fn open_from(source: &str, address: &str) -> io::Result<Self> {
        Self::over(connect_from(source, address)?, address)
    }

    /// How long it waits for the server from now on.
    pub fn patience(&mut self, patience: Duration) {
        let set = self.stream.get_ref().set_read_timeout(Some(patience));
        set.expect("a patience that is not nothing can be set");
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// Sends a request.
    pub fn send(&mut self, request: &Request) -> io::Result<()> {
        self.send_bytes(&request.to_bytes(&self.host))
    }

    /// Sends a request and reads the answer.
    pub fn ask(&mut self, request: &Request) -> io::Result<Answer> {
        let sent = self.send(request);
        // A server may refuse a body before all of it has arrived; its answer says more than the
        // broken pipe.
        match self.answer(request.method != "HEAD") {
            Ok(answer) => Ok(answer),
            Err(error) => Err(sent.err().unwrap_or(error)),
        }
    }

    /// Reads the next answer.
    pub fn answer(&mut self, has_body: bool) -> io::Result<Answer> {
        let (status, headers) = self.head()?;
        let mut answer = Answer { status, headers, body: Vec::new() };
        if has_body && status != 204 && status != 304 {
            self.body(&mut answer)?;
        }
        Ok(answer)
    }

    /// Reads the head of the next answer and leaves its body to [`read_some`](Self::read_some).
    pub fn head(&mut self) -> io::Result<(u16, Vec<(String, String)>)> {
        let first = self.line()?;
        let status = first.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
        let status = status.ok_or_else(|| broken(&format!("status line {first:?}")))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok((status, headers));
            }
            let (name, value) = line.split_once(':').ok_or_else(|| broken(&line))?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    /// Reads at most `bytes_max`; nothing at the end of the stream.
    pub fn read_some(&mut self, bytes_max: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; bytes_max];
        let length = self.stream.read(&mut bytes)?;
        bytes.truncate(length);
        Ok(bytes)
    }

    fn body(&mut self, answer: &mut Answer) -> io::Result<()> {
        if answer.header("transfer-encoding").is_some() {
            return self.chunks(&mut answer.body);
        }
        let length: Option<usize> =
            answer.header("content-length").and_then(|length| length.parse().ok());
        match length {
            Some(length) => {
                answer.body = vec![0; length];
                self.stream.read_exact(&mut answer.body)
            }
            None => self.stream.read_to_end(&mut answer.body).map(drop),
        }
    }

    fn chunks(&mut self, body: &mut Vec<u8>) -> io::Result<()> {
        loop {
            let line = self.line()?;
            let size = u64::from_str_radix(&line, 16).map_err(|_| broken(&line))?;
            let read = (&mut self.stream).take(size).read_to_end(body)?;
            if read as u64 != size || !self.line()?.is_empty() {
                return Err(broken("a chunk does not end where it said"));
            }
            if size == 0 {
                return Ok(());
            }
        }
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let whole = line.strip_suffix("\r\n").ok_or(ErrorKind::UnexpectedEof)?;
        Ok(whole.to_owned())
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what.to_owned())
}

/// Connects to `HOST:PORT` from another address of this machine.
pub(crate) fn connect_from(source: &str, address: &str) -> io::Result<TcpStream> {
    let parse = |text: &str| text.parse().map_err(io::Error::other);
    let (from, to) = (parse(&format!("{source}:0"))?, parse(address)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4()?;
        socket.bind(from)?;
        socket.connect(to).await?.into_std()
    })?;
    stream.set_nonblocking(false)?;
    Ok(stream)
}
