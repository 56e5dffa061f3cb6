//! Requests that are refused before their bodies have arrived: the client sends everything, and
//! then reads why.

use std::io::ErrorKind;
use std::time::Duration;

use black_box::{Connection, Http2, Kind, Request, Server};

const JSON: &str = "AmazonEC2ContainerRegistry_V20150921.";

/// More than is heard of a refused body.
const LONG: u64 = 64 << 30;

const TOO_LONG: &str = "a call that is too long";

/// A request of each door and page that is refused by its head and the length of its body, and the
/// status that says so.
fn refused(bytes: u64) -> Vec<(Request, u16, &'static str)> {
    let call = |operation: &str| {
        Request::new("POST", "/").header("x-amz-target", &format!("{JSON}{operation}"))
    };
    let form =
        Request::new("POST", "/").header("content-type", "application/x-www-form-urlencoded");
    let unsigned = if bytes == LONG { 413 } else { 400 };
    #[rustfmt::skip]
    let cases = vec![
        (Request::new("PATCH", "/v2/web/blobs/uploads/x"),    401, "an upload of a stranger"),
        (Request::new("PUT", "/v2/web/manifests/v1"),         401, "a manifest of a stranger"),
        (Request::new("POST", "/v2/nothing"),                 401, "no path"),
        (Request::new("POST", "/healthz"),                    405, "a page takes no body"),
        (Request::new("PUT", "/metrics"),                     405, "a page takes no body"),
        (Request::new("POST", "/download/x"),                 405, "a layer takes no body"),
        (Request::new("POST", "/nowhere"),                    404, "nothing is there"),
        (call("NoSuchOperation"),                             400, "no operation"),
        (call("UploadLayerPart"),                      unsigned, "an unsigned call"),
        (call("DescribeRepositories"),                        413, TOO_LONG),
        (form,                                                413, "a form that is too long"),
    ];
    cases
}

#[test]
fn a_client_that_sends_all_before_it_reads_finds_its_answer() {
    let server = Server::start();
    for (request, status, because) in refused(12 << 20) {
        let whole = request.body(vec![b' '; 12 << 20]);
        // A body without a length is refused for its missing signature before it is known to be too
        // long.
        let in_chunks = if because == TOO_LONG { 400 } else { status };
        for (request, status) in [(whole.clone(), status), (whole.in_chunks_of(1 << 20), in_chunks)]
        {
            let mut connection = Connection::open(server.address()).unwrap();
            let sent = connection.send(&request);
            assert!(sent.is_ok(), "{because}: cut while it sent: {sent:?}");
            let answer =
                connection.answer(true).unwrap_or_else(|error| panic!("{because}: {error}"));
            assert_eq!(answer.status, status, "{because}: {}", answer.text());
            // And the connection is as good as before.
            let next = connection.ask(&Request::new("GET", "/healthz"));
            assert_eq!(next.unwrap().status, 200, "{because}");
        }
    }
}

#[test]
fn a_client_that_wants_to_send_more_than_is_heard_is_told_that_its_connection_ends() {
    let server = Server::start();
    for (request, status, because) in refused(LONG) {
        let mut connection = Connection::open(server.address()).unwrap();
        connection.send(&request.claiming_length(LONG)).unwrap();
        let answer = connection.answer(true).unwrap();
        assert_eq!(
            (answer.status, answer.header("connection")),
            (status, Some("close")),
            "{because}"
        );
        // It is heard for a while all the same.
        assert!(connection.send_bytes(&vec![b' '; 1 << 20]).is_ok(), "{because}");
    }
}

#[test]
fn a_client_that_waits_to_be_asked_for_its_body_is_answered_instead() {
    let server = Server::start();
    for (request, status, because) in refused(LONG) {
        let mut connection = Connection::open(server.address()).unwrap();
        connection.patience(Duration::from_secs(5));
        let request = request.header("expect", "100-continue").claiming_length(LONG);
        connection.send(&request).unwrap();
        assert_eq!(connection.answer(true).unwrap().status, status, "{because}");
        let end = connection.read_some(1);
        let is_open = end.as_ref().is_err_and(|error| {
            matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
        });
        assert!(!is_open, "{because}: the server waits for a body that will not come");
    }
}

#[test]
fn over_http_2_the_answer_comes_while_the_body_does() {
    const LENGTH: i64 = 12 << 20;
    const PIECE: [u8; 16 << 10] = [b' '; 16 << 10];
    const PIECE_LENGTH: i64 = 16 << 10;
    let server = Server::start();
    let long = LENGTH.to_string();
    for (method, path, status) in
        [("PUT", "/v2/web/manifests/v1", 401), ("POST", "/healthz", 405), ("POST", "/nowhere", 404)]
    {
        let mut connection = Http2::open(server.address(), 1 << 20).unwrap();
        let stream = connection.begin(method, path, &[("content-length", &long)], false).unwrap();
        let (mut sent, mut seen, mut ended, mut reset) = (0, None, false, None);
        // What the server takes more than at first, of the connection and of the stream.
        let mut more = [0, 0];
        while sent < LENGTH && reset.is_none() || !ended {
            let window = (65_535 + more[0]).min(i64::from(connection.stream_window()) + more[1]);
            if sent < LENGTH && sent + PIECE_LENGTH <= window {
                sent += PIECE_LENGTH;
                connection.data(stream, &PIECE, sent == LENGTH).unwrap();
                continue;
            }
            let frame = connection.next_frame().unwrap().expect("the connection stays");
            match frame.kind {
                Kind::WindowUpdate => {
                    let [a, b, c, d] = frame.payload[..] else { panic!("four bytes") };
                    more[usize::from(frame.stream != 0)] +=
                        i64::from(u32::from_be_bytes([a, b, c, d]));
                }
                Kind::Reset => reset = Some((sent, frame.payload)),
                _ if frame.stream == stream => {
                    seen = seen.or(frame.status());
                    ended |= frame.ends();
                }
                _ => {}
            }
        }
        assert_eq!((seen, reset), (Some(status), None), "{method} {path}");
    }
}
