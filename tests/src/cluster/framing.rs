//! Where a message of HTTP/1.1 ends, for proxies that pass its bytes on unchanged.

/// As long as any head that these tests send.
const HEAD_BYTES_MAX: usize = 4 << 20;

/// One request or answer whose bytes arrive in pieces.
#[derive(Debug)]
pub(crate) struct Message {
    kind: Kind,
    state: State,
    head: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Request,
    /// Of an answer to `HEAD` nothing follows its head.
    Answer {
        to_head: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Head,
    /// So many bytes are missing.
    Length(u64),
    Chunked(Chunk),
    /// The body ends with the connection; or this is not HTTP/1.1, and the end is unknown.
    ToEnd,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chunk {
    /// In the line with the length of the next chunk.
    Size(u64),
    /// In the rest of that line, after the number.
    Extension(u64),
    /// So many bytes, and the line's end behind them, are missing.
    Content(u64),
    /// Behind the last one, so many bytes into a line.
    Trailer(usize),
}

impl Message {
    pub(crate) fn request() -> Self {
        Self { kind: Kind::Request, state: State::Head, head: Vec::new() }
    }

    pub(crate) fn answer(to_head: bool) -> Self {
        Self { kind: Kind::Answer { to_head }, state: State::Head, head: Vec::new() }
    }

    /// Takes the bytes of this message. Returns how many there are.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> usize {
        let mut taken = 0;
        while taken < bytes.len() && self.state != State::Over {
            taken += self.step(&bytes[taken..]);
        }
        taken
    }

    fn step(&mut self, bytes: &[u8]) -> usize {
        match &mut self.state {
            State::Head => {
                self.head.push(bytes[0]);
                let is_text = self.head[0].is_ascii_alphabetic();
                if self.head.ends_with(b"\r\n\r\n") {
                    self.state = self.after_head();
                } else if !is_text || self.head.len() > HEAD_BYTES_MAX {
                    self.state = State::ToEnd;
                }
                1
            }
            State::Length(missing) => {
                let taken = bytes.len().min(usize::try_from(*missing).unwrap_or(usize::MAX));
                *missing -= taken as u64;
                if *missing == 0 {
                    self.state = State::Over;
                }
                taken
            }
            State::Chunked(chunk) => {
                let (taken, next) = chunk.step(bytes);
                self.state = next.map_or(State::Over, State::Chunked);
                taken
            }
            State::ToEnd => bytes.len(),
            State::Over => 0,
        }
    }

    fn after_head(&mut self) -> State {
        let first = self.line();
        let is_known = match self.kind {
            Kind::Request => first.ends_with(" HTTP/1.1"),
            Kind::Answer { .. } => first.starts_with("HTTP/1.1 "),
        };
        if !is_known {
            return State::ToEnd;
        }
        let status: u16 = first.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        let is_answer = self.kind != Kind::Request;
        if is_answer && (100..200).contains(&status) {
            self.head.clear();
            return State::Head;
        }
        if self.kind == (Kind::Answer { to_head: true }) || is_answer && matches!(status, 204 | 304)
        {
            return State::Over;
        }
        let length = self.header("content-length");
        match (self.header("transfer-encoding"), length) {
            (Some(_), _) => State::Chunked(Chunk::Size(0)),
            (None, Some(length)) => match length.parse() {
                Ok(0) => State::Over,
                Ok(length) => State::Length(length),
                Err(_) => State::ToEnd,
            },
            (None, None) if is_answer => State::ToEnd,
            (None, None) => State::Over,
        }
    }

    /// The first line, once it has arrived.
    pub(crate) fn line(&self) -> String {
        let end = self.head.iter().position(|byte| *byte == b'\r').unwrap_or(self.head.len());
        String::from_utf8_lossy(&self.head[..end]).into_owned()
    }

    /// A header, once the head has arrived.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.head.split(|byte| *byte == b'\n').skip(1).find_map(|line| {
            let line = String::from_utf8_lossy(line);
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    /// The length of its head, once it has arrived.
    pub(crate) fn head_length(&self) -> usize {
        self.head.len()
    }

    pub(crate) fn head_is_over(&self) -> bool {
        self.state != State::Head
    }

    pub(crate) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    /// Whether the connection ends with this message.
    pub(crate) fn says_close(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

impl Chunk {
    /// How many bytes it takes, and the next state, if there is one.
    fn step(self, bytes: &[u8]) -> (usize, Option<Self>) {
        let byte = bytes[0];
        let line_ends = byte == b'\n';
        match self {
            Self::Size(size) | Self::Extension(size) if line_ends => {
                (1, Some(if size == 0 { Self::Trailer(0) } else { Self::Content(size + 2) }))
            }
            Self::Size(size) => match char::from(byte).to_digit(16) {
                Some(digit) => (1, Some(Self::Size((size << 4) | u64::from(digit)))),
                None => (1, Some(Self::Extension(size))),
            },
            Self::Extension(size) => (1, Some(Self::Extension(size))),
            Self::Content(missing) => {
                let taken = bytes.len().min(usize::try_from(missing).unwrap_or(usize::MAX));
                let missing = missing - taken as u64;
                (taken, Some(if missing == 0 { Self::Size(0) } else { Self::Content(missing) }))
            }
            Self::Trailer(0) if line_ends => (1, None),
            Self::Trailer(_) if line_ends => (1, Some(Self::Trailer(0))),
            Self::Trailer(length) if byte == b'\r' => (1, Some(Self::Trailer(length))),
            Self::Trailer(length) => (1, Some(Self::Trailer(length + 1))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn messages_end_where_they_say_however_they_are_cut() {
        #[rustfmt::skip]
        let cases = [
            (Message::request as fn() -> Message, "GET / HTTP/1.1\r\nhost: x\r\n\r\n", "|GET", "no body"),
            (Message::request, "PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "|GET", "a length"),
            (Message::request, "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2;x\r\nab\r\n0\r\n\r\n", "|GET", "pieces"),
            (Message::request, "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx: y\r\n\r\n", "|GET", "a trailer"),
            (|| Message::answer(false), "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na", "|HTTP", "an answer before the answer"),
            (|| Message::answer(false), "HTTP/1.1 204 No\r\n\r\n", "|HTTP", "nothing"),
            (|| Message::answer(true),  "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", "|HTTP", "to HEAD"),
        ];
        for (begin, whole, next, because) in cases {
            let both = format!("{whole}{next}");
            for size in [1, 2, 7, both.len()] {
                let mut message = begin();
                let taken: usize =
                    both.as_bytes().chunks(size).map(|piece| message.take(piece)).sum();
                assert!(message.is_over(), "{because}");
                assert_eq!(taken, whole.len(), "{because}, in pieces of {size}");
            }
        }
    }

    #[test]
    fn what_is_not_http_has_no_end() {
        for bytes in [
            &b"\x16\x03\x01"[..],
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"PUT / HTTP/1.1\r\ncontent-length: 99999999999999999999\r\n\r\nabc",
        ] {
            let mut message = Message::request();
            assert_eq!(message.take(bytes), bytes.len());
            assert!(message.head_is_over() && !message.is_over());
        }
    }
}
