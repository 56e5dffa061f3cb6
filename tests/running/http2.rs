//! Clients that hold connections over HTTP/2, where a connection is never quite silent.

use std::io;
use std::time::{Duration, Instant};

use black_box::{Frame, Http2, Kind, Random, Server, authorization};

/// As short as it can be set, so that these tests are short.
const IDLE: [&str; 2] = ["--idle-seconds", "1"];

/// Longer than idle and told to end take together.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a client of an ordinary kind lets a stream send.
const WINDOW: u32 = 1 << 20;

/// What a client sends again and again.
type Nag = Box<dyn FnMut(&mut Http2) -> io::Result<()>>;

/// Goes on as `nag` says until the server ends the connection; `None` if it does not.
fn cut_after(
    connection: &mut Http2,
    mut nag: impl FnMut(&mut Http2) -> io::Result<()>,
) -> Option<Duration> {
    let began = Instant::now();
    connection.patience(Duration::from_millis(100)).expect("a socket takes a timeout");
    while began.elapsed() < PATIENCE {
        match connection.next_frame() {
            Ok(Some(_)) => {}
            Err(error)
                if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) =>
            {
                if nag(connection).is_err() {
                    return Some(began.elapsed());
                }
            }
            Ok(None) | Err(_) => return Some(began.elapsed()),
        }
    }
    None
}

fn answer(connection: &mut Http2, stream: u32) -> Option<u16> {
    let mut status = None;
    while let Some(frame) = connection.next_frame().expect("the connection stays") {
        if frame.stream == stream {
            status = status.or(frame.status());
            if frame.ends() || frame.kind == Kind::Reset {
                return status;
            }
        }
    }
    status
}

#[test]
fn connections_that_ask_for_nothing_are_closed_though_they_are_never_silent() {
    let server = Server::start_with(&IDLE);
    let open = || Http2::open(server.address(), WINDOW).unwrap();
    let mut asked = open();
    let stream = asked.begin("GET", "/healthz", &[], true).unwrap();
    assert_eq!(answer(&mut asked, stream), Some(200));
    let mut half = open();
    let stream = half.begin_head().unwrap();
    let mut untaken = Http2::open(server.address(), 1).unwrap();
    untaken.begin("GET", "/healthz", &[], true).unwrap();
    #[rustfmt::skip]
    let cases: Vec<(Http2, Nag, &str)> = vec![
        (open(),  Box::new(|_| Ok(())),                                              "answers to pings alone"),
        (asked,   Box::new(|_| Ok(())),                                              "answers to pings, after a request"),
        (open(),  Box::new(|it| it.send(Kind::Ping, 0, 0, &[7; 8])),                 "pings of its own"),
        (open(),  Box::new(|it| it.send(Kind::Settings, 0, 0, &[])),                 "settings, again and again"),
        (open(),  Box::new(|it| it.widen(0, 1)),                                     "windows, again and again"),
        (half,    Box::new(move |it| it.send(Kind::Continuation, 0, stream, &[0])),  "a head that goes on"),
        (untaken, Box::new(|_| Ok(())),                                              "the last byte of an answer not taken"),
    ];
    for (mut connection, mut nag, because) in cases {
        let cut = cut_after(&mut connection, &mut nag);
        assert!(cut.is_some(), "{because}: the server keeps the connection");
    }
    assert_eq!(server.stranger().get("/healthz").status, 200);
}

/// A layer that no socket buffers, and the head that asks for it.
fn layer(server: &Server) -> (String, String) {
    server.create_repository("web");
    let bytes = Random::new(2).bytes(4 << 20);
    let digest = server.client().push_layer("web", &bytes).digest;
    (format!("/v2/web/blobs/{digest}"), authorization(server.password()))
}

#[test]
fn a_stream_whose_answer_is_not_taken_is_reset_and_its_neighbours_go_on() {
    let server = Server::start_with(&IDLE);
    let (path, words) = layer(&server);
    let mut connection = Http2::open(server.address(), 0).unwrap();
    let get = |it: &mut Http2| it.begin("GET", &path, &[("authorization", &words)], true).unwrap();
    let (untaken, dripping, taken) =
        (get(&mut connection), get(&mut connection), get(&mut connection));
    connection.widen(0, 64 << 20).unwrap();
    let (mut resets, mut received) = (Vec::new(), 0);
    let began = Instant::now();
    connection.patience(Duration::from_millis(50)).unwrap();
    while resets.len() < 2 && began.elapsed() < PATIENCE {
        // A neighbour that takes 256 KiB at a time is slow, and a byte at a time is a trick.
        drop(connection.widen(taken, 64 << 10));
        drop(connection.widen(dripping, 1));
        while let Ok(Some(Frame { kind, stream, payload, .. })) = connection.next_frame() {
            match kind {
                Kind::Reset => resets.push(stream),
                Kind::Data if stream == taken => received += payload.len(),
                _ => {}
            }
        }
    }
    resets.sort_unstable();
    assert_eq!(resets, [untaken, dripping]);
    assert!(received >= 256 << 10, "a neighbour was given {received} bytes");
    connection.patience(PATIENCE).unwrap();
    connection.widen(taken, 8 << 20).unwrap();
    while let Some(frame) = connection.next_frame().unwrap() {
        assert_ne!(frame.kind, Kind::Reset, "the neighbour goes on");
        received +=
            if frame.kind == Kind::Data && frame.stream == taken { frame.payload.len() } else { 0 };
        if frame.stream == taken && frame.ends() {
            break;
        }
    }
    assert_eq!(received, 4 << 20);
}

#[test]
fn a_body_that_stops_is_refused() {
    let server = Server::start_with(&IDLE);
    server.create_repository("web");
    let words = authorization(server.password());
    let headers = [("authorization", &*words), ("content-type", "a/b"), ("content-length", "100")];
    let mut connection = Http2::open(server.address(), WINDOW).unwrap();
    let stream = connection.begin("PUT", "/v2/web/manifests/v1", &headers, false).unwrap();
    connection.data(stream, b"{", false).unwrap();
    assert_eq!(answer(&mut connection, stream), Some(400));
}
