//! HTTP/2 by hand (RFC 9113), frame by frame, without TLS: for tests that send what no client would
//! send.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::http::connect_from;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

const END_STREAM: u8 = 0x1;
const ACK: u8 = 0x1;
const END_HEADERS: u8 = 0x4;

/// The initial window of each side.
const WINDOW: u32 = 65_535;

/// The frame size that every server accepts.
const FRAME_BYTES_MAX: usize = 16 << 10;

/// The kind of a frame (RFC 9113 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the specification says what each is")]
pub enum Kind {
    Data = 0,
    Headers = 1,
    Reset = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
    Other = 255,
}

/// A received frame.
#[derive(Debug)]
pub struct Frame {
    /// Its kind.
    pub kind: Kind,
    /// Its stream; 0 is the connection.
    pub stream: u32,
    /// Its payload.
    pub payload: Vec<u8>,
    flags: u8,
}

impl Frame {
    /// Is it the last of its stream?
    pub fn ends(&self) -> bool {
        matches!(self.kind, Kind::Data | Kind::Headers) && self.flags & END_STREAM != 0
    }

    /// The status of an answer, whose field comes first (RFC 7541 §6).
    pub fn status(&self) -> Option<u16> {
        /// Indices 8 to 14 of the static table.
        const INDEXED: [u16; 7] = [200, 204, 206, 304, 400, 404, 500];
        if self.kind != Kind::Headers {
            return None;
        }
        // The first answer of a connection may state the size of its table.
        let bytes = match self.payload.first()? {
            0x20..=0x3f => self.payload.get(1..)?,
            _ => &self.payload,
        };
        match *bytes {
            [indexed @ 0x88..=0x8e, ..] => Some(INDEXED[usize::from(indexed - 0x88)]),
            [0x48 | 0x08, length, ref text @ ..] => {
                let plain = text.get(..usize::from(length & 0x7f))?;
                let digits = if length & 0x80 == 0 { plain.to_vec() } else { digits(plain) };
                String::from_utf8(digits).ok()?.get(..3)?.parse().ok()
            }
            _ => None,
        }
    }
}

/// Digits in the code of RFC 7541, appendix B: the first three have five bits, the others six.
fn digits(coded: &[u8]) -> Vec<u8> {
    let bits: Vec<u8> =
        coded.iter().flat_map(|byte| (0..8).rev().map(move |n| byte >> n & 1)).collect();
    let number = |bits: &[u8]| bits.iter().fold(0_u8, |number, bit| number << 1 | bit);
    let (mut rest, mut digits) = (&bits[..], Vec::new());
    while let Some((five, six)) =
        rest.get(..5).map(number).zip(rest.get(..6).map(number).or(Some(0xff)))
    {
        let (digit, length) = match (five, six) {
            (0..=2, _) => (five, 5),
            (_, 0x19..=0x1f) => (six - 0x19 + 3, 6),
            _ => break,
        };
        digits.push(b'0' + digit);
        rest = &rest[length..];
    }
    digits
}

/// A connection that answers pings, and does nothing else by itself.
pub struct Http2 {
    stream: TcpStream,
    host: String,
    next: u32,
    stream_window: u32,
}

impl Http2 {
    /// Connects to `HOST:PORT`, and lets each stream of the server send `window` bytes at first.
    pub fn open(address: &str, window: u32) -> io::Result<Self> {
        Self::over(TcpStream::connect(address)?, address, window)
    }

    /// The same from another address of this machine, such as 127.0.0.2.
    pub fn open_from(source: &str, address: &str, window: u32) -> io::Result<Self> {
        Self::over(connect_from(source, address)?, address, window)
    }

    fn over(stream: TcpStream, address: &str, window: u32) -> io::Result<Self> {
        let mut connection =
            Self { stream, host: address.to_owned(), next: 1, stream_window: WINDOW };
        connection.stream.set_nodelay(true)?;
        connection.patience(Duration::from_secs(30))?;
        connection.stream.write_all(PREFACE)?;
        let setting = [&[0, 4][..], &window.to_be_bytes()].concat();
        connection.send(Kind::Settings, 0, 0, &setting)?;
        Ok(connection)
    }

    /// How long it waits for the server from now on.
    pub fn patience(&self, patience: Duration) -> io::Result<()> {
        self.stream.set_read_timeout(Some(patience))?;
        self.stream.set_write_timeout(Some(patience))
    }

    /// Sends any frame.
    pub fn send(&mut self, kind: Kind, flags: u8, stream: u32, payload: &[u8]) -> io::Result<()> {
        let length = u32::try_from(payload.len()).map_err(io::Error::other)?.to_be_bytes();
        let head = [&length[1..], &[kind as u8, flags], &stream.to_be_bytes()].concat();
        self.stream.write_all(&[&head, payload].concat())
    }

    /// Begins a request; without a body if it ends here.
    pub fn begin(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        ends: bool,
    ) -> io::Result<u32> {
        let stream = self.next_stream();
        let mut block = Vec::new();
        let host = self.host.clone();
        let first =
            [(":method", method), (":scheme", "http"), (":path", path), (":authority", &host)];
        for (name, value) in first.iter().chain(headers) {
            block.push(0);
            for text in [name, value] {
                block.extend(length(text.len()));
                block.extend_from_slice(text.as_bytes());
            }
        }
        let flags = END_HEADERS | if ends { END_STREAM } else { 0 };
        self.send(Kind::Headers, flags, stream, &block)?;
        Ok(stream)
    }

    /// Begins a head that does not end.
    pub fn begin_head(&mut self) -> io::Result<u32> {
        let stream = self.next_stream();
        self.send(Kind::Headers, 0, stream, &[])?;
        Ok(stream)
    }

    /// Sends bytes of a request's body, whatever the server's window is.
    pub fn data(&mut self, stream: u32, bytes: &[u8], ends: bool) -> io::Result<()> {
        for piece in bytes.chunks(FRAME_BYTES_MAX) {
            self.send(Kind::Data, 0, stream, piece)?;
        }
        if ends { self.send(Kind::Data, END_STREAM, stream, &[]) } else { Ok(()) }
    }

    /// Lets the server send more on a stream, or on the connection.
    pub fn widen(&mut self, stream: u32, bytes: u32) -> io::Result<()> {
        self.send(Kind::WindowUpdate, 0, stream, &bytes.to_be_bytes())
    }

    /// The next frame; `None` at the end. Pings are answered, and settings are acknowledged before
    /// they are given.
    pub fn next_frame(&mut self) -> io::Result<Option<Frame>> {
        loop {
            let mut head = [0; 9];
            match self.stream.read_exact(&mut head) {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                read => read?,
            }
            let [a, b, c, kind, flags, ref stream @ ..] = head;
            let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
            self.stream.read_exact(&mut payload)?;
            let stream = u32::from_be_bytes(*stream) & (u32::MAX >> 1);
            match (read_kind(kind), flags & ACK) {
                (Kind::Ping, 0) => self.send(Kind::Ping, ACK, 0, &payload)?,
                (Kind::Settings, 0) => {
                    self.note_settings(&payload);
                    self.send(Kind::Settings, ACK, 0, &[])?;
                    return Ok(Some(Frame { kind: Kind::Settings, stream, payload, flags }));
                }
                (Kind::Ping | Kind::Settings, _) => {}
                (kind, _) => return Ok(Some(Frame { kind, stream, payload, flags })),
            }
        }
    }

    /// How many bytes the server accepts on each stream before it extends the window.
    pub fn stream_window(&self) -> u32 {
        self.stream_window
    }

    fn note_settings(&mut self, payload: &[u8]) {
        for setting in payload.chunks_exact(6) {
            if let [0, 4, a, b, c, d] = *setting {
                self.stream_window = u32::from_be_bytes([a, b, c, d]);
            }
        }
    }

    fn next_stream(&mut self) -> u32 {
        let stream = self.next;
        self.next += 2;
        stream
    }
}

fn read_kind(kind: u8) -> Kind {
    match kind {
        0 => Kind::Data,
        1 => Kind::Headers,
        3 => Kind::Reset,
        4 => Kind::Settings,
        6 => Kind::Ping,
        7 => Kind::GoAway,
        8 => Kind::WindowUpdate,
        9 => Kind::Continuation,
        _ => Kind::Other,
    }
}

/// A length with a prefix of seven bits (RFC 7541 §5.1).
fn length(length: usize) -> Vec<u8> {
    let Some(mut rest) = length.checked_sub(127) else {
        return vec![u8::try_from(length).unwrap_or_default()];
    };
    let mut bytes = vec![127];
    loop {
        let seven = u8::try_from(rest % 128).expect("it is under 128");
        rest /= 128;
        if rest == 0 {
            bytes.push(seven);
            return bytes;
        }
        bytes.push(seven | 128);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_in_every_spelling() {
        let frame = |payload: &[u8]| Frame {
            kind: Kind::Headers,
            stream: 1,
            payload: payload.to_vec(),
            flags: 0,
        };
        #[rustfmt::skip]
        let cases: [(&[u8], u16, &str); 5] = [
            (&[0x88],                        200, "in the table"),
            (&[0x8d],                        404, "in the table"),
            (b"\x48\x03401",                 401, "plain"),
            (&[0x48, 0x82, 0x68, 0x01],      401, "coded: 011010 00000 00001"),
            (&[0x48, 0x83, 0x68, 0x2c, 0xff], 413, "coded: 011010 00001 011001"),
        ];
        for (payload, status, because) in cases {
            assert_eq!(frame(payload).status(), Some(status), "{because}");
        }
    }
}
