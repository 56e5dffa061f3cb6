//! What the limit is asked for, in the first line of a request. The rest of the head is not read.

/// One request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// `PUT /objects/SIZE/NAME`
    Write { name: String, size_bytes: u64 },
    /// `GET /…/NAME`
    Read { name: String },
}

impl Request {
    /// Reads the head of a request; `None` if it asks for nothing that is done here.
    pub(super) fn parse(head: &str) -> Option<Self> {
        let mut words = head.lines().next()?.split(' ');
        let (method, path) = (words.next()?, words.next()?);
        let (front, name) = path.rsplit_once('/')?;
        if name.starts_with('.') || !name.bytes().all(is_of_a_name) {
            return None;
        }
        let name = name.to_owned();
        match method {
            "GET" => Some(Self::Read { name }),
            "PUT" => {
                let size_bytes = front.strip_prefix("/objects/")?.parse().ok()?;
                Some(Self::Write { name, size_bytes })
            }
            _ => None,
        }
    }
}

fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b":-_.".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_from_their_first_line() {
        let read = |name: &str| Some(Request::Read { name: name.to_owned() });
        let write =
            |name: &str, size_bytes| Some(Request::Write { name: name.to_owned(), size_bytes });
        #[rustfmt::skip]
        let cases = [
            // head                                           request            because
            ("GET /v2/a/b/blobs/sha256:ab HTTP/1.1\r\nx: y",  read("sha256:ab"), "the last word of a path"),
            ("PUT /objects/300/sha256:ab HTTP/1.1",           write("sha256:ab", 300), "a size and a name"),
            ("PUT /objects/3o0/sha256:ab HTTP/1.1",           None,              "not a size"),
            ("GET /v2/.. HTTP/1.1",                           None,              "a name that leads away"),
            ("GET /v2/ HTTP/1.1",                             read(""),          "no file has that name"),
            ("POST /v2/a HTTP/1.1",                           None,              "not a method of the limit"),
            ("",                                              None,              "nothing"),
        ];
        for (head, request, because) in cases {
            assert_eq!(Request::parse(head), request, "{because}");
        }
    }
}
