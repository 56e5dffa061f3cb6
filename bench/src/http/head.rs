//! The head of an answer: the few fields that a registry's client reads.

use anyhow::{Context, Result, bail, ensure};

/// No peer's head comes near this; a longer one means a broken server.
const HEAD_BYTES_MAX: usize = 32 * 1024;

/// How the end of a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// `Content-Length`, or no body.
    Length(u64),
    /// `Transfer-Encoding: chunked`.
    Chunked,
}

/// The first lines of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) framing: Framing,
    pub(crate) location: Option<String>,
    pub(crate) closes: bool,
}

impl Head {
    /// Reads the head at the start of `bytes`; `None` while its end has not arrived.
    ///
    /// Also returns where the body starts.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>> {
        let Some(end) = find_end(bytes) else {
            ensure!(bytes.len() < HEAD_BYTES_MAX, "a head of more than {HEAD_BYTES_MAX} bytes");
            return Ok(None);
        };
        let text = std::str::from_utf8(&bytes[..end]).context("a head that is not text")?;
        let mut lines = text.split("\r\n");
        let status = parse_status(lines.next().unwrap_or_default())?;
        let mut head = Self { status, framing: Framing::Length(0), location: None, closes: false };
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { bail!("not a field: {line:?}") };
            head.note(name, value.trim())?;
        }
        Ok(Some((head, end + 4)))
    }

    fn note(&mut self, name: &str, value: &str) -> Result<()> {
        if name.eq_ignore_ascii_case("content-length") {
            let length = value.parse().with_context(|| format!("content-length {value:?}"))?;
            self.framing = Framing::Length(length);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            ensure!(value.eq_ignore_ascii_case("chunked"), "transfer-encoding {value:?}");
            self.framing = Framing::Chunked;
        } else if name.eq_ignore_ascii_case("location") {
            self.location = Some(value.to_owned());
        } else if name.eq_ignore_ascii_case("connection") {
            self.closes = value.eq_ignore_ascii_case("close");
        }
        Ok(())
    }
}

/// Where the blank line starts, if it is there.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let bounded = &bytes[..bytes.len().min(HEAD_BYTES_MAX)];
    let mut from = 0;
    while let Some(found) = bounded[from..].iter().position(|&byte| byte == b'\r') {
        from += found;
        if bounded[from..].starts_with(b"\r\n\r\n") {
            return Some(from);
        }
        from += 1;
    }
    None
}

fn parse_status(line: &str) -> Result<u16> {
    let code = line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    code.and_then(|digits| digits.parse().ok()).with_context(|| format!("status line {line:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_say_status_framing_and_location() {
        #[rustfmt::skip]
        let cases = [
            // head status framing location
            ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nabc",            200, Framing::Length(7),     None),
            ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",      200, Framing::Chunked,       None),
            ("HTTP/1.1 202 Accepted\r\nLOCATION: /v2/a?x=1\r\n\r\n",       202, Framing::Length(0),     Some("/v2/a?x=1")),
            ("HTTP/1.1 204 No Content\r\n\r\n",                            204, Framing::Length(0),     None),
        ];
        for (text, status, framing, location) in cases {
            let (head, _) = Head::parse(text.as_bytes()).unwrap().unwrap();
            let said = (head.status, head.framing, head.location.as_deref());
            assert_eq!(said, (status, framing, location), "{text:?}");
        }
    }

    #[test]
    fn heads_that_no_server_should_send_are_refused() {
        #[rustfmt::skip]
        let cases = [
            // head                                                   because
            ("SSH-2.0\r\n\r\n",                                       "not HTTP"),
            ("HTTP/1.1 abc\r\n\r\n",                                  "a status is a number"),
            ("HTTP/1.1 20\r\n\r\n",                                   "a status has three digits"),
            ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",         "a length is not negative"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n",        "a length is plain digits"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",    "it was not asked for"),
            ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n",                   "not a field"),
        ];
        for (text, because) in cases {
            assert!(Head::parse(text.as_bytes()).is_err(), "{text:?}: {because}");
        }
    }

    #[test]
    fn an_unfinished_head_is_awaited_but_not_for_ever() {
        assert_eq!(Head::parse(b"HTTP/1.1 200 OK\r\nA: b\r\n").unwrap(), None);
        assert!(Head::parse(&vec![b'a'; HEAD_BYTES_MAX]).is_err());
    }
}
