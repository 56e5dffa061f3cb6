//! SIGTERM: running requests finish, no new ones start once balancers had time to notice, and the
//! wait is bounded.

use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use black_box::{Connection, Random, Request, Server, digest_of};

use crate::send_start;

/// More than sockets buffer, so that a reader's pace is the server's pace.
const LAYER_BYTES: usize = 24 << 20;

const PATIENCE: Duration = Duration::from_secs(20);

/// A server that holds one large layer; returns the layer's path.
fn server_with_layer(arguments: &[&str]) -> (Server, String, Vec<u8>) {
    let server = Server::start_with(arguments);
    server.create_repository("web");
    let bytes = Random::new(1).bytes(LAYER_BYTES);
    let layer = server.client().push_layer("web", &bytes);
    (server, format!("/v2/web/blobs/{}", layer.digest), bytes)
}

fn await_refusal(address: &str) {
    for _ in 0..2_000 {
        if TcpStream::connect(address).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("the server still takes connections");
}

fn read_to_end(connection: &mut Connection, wanted: usize) -> Vec<u8> {
    let mut read = Vec::new();
    while read.len() < wanted {
        match connection.read_some(64 << 10) {
            Ok(some) if !some.is_empty() => read.extend(some),
            // The server cut the connection, one way or the other.
            Ok(_) | Err(_) => break,
        }
    }
    read
}

#[test]
fn a_slow_pull_ends_whole_while_new_connections_are_refused() {
    let (mut server, path, bytes) = server_with_layer(&[]);
    let mut pull = send_start(&server, &format!("GET {path}"), "", b"");
    let (status, _) = pull.head().unwrap();
    assert_eq!(status, 200);
    let mut read = pull.read_some(1 << 10).unwrap();

    server.terminate();
    await_refusal(server.address());
    read.extend(read_to_end(&mut pull, bytes.len() - read.len()));
    assert_eq!((read.len(), digest_of(&read)), (bytes.len(), digest_of(&bytes)));
    server.await_end();
}

#[test]
fn the_process_stays_until_a_slow_client_has_the_end_of_its_layer() {
    let arguments = ["--drain-seconds", "600", "--idle-seconds", "30"];
    let mut server = Server::start_with(&arguments);
    server.create_repository("web");
    // It fits into the kernel's buffers, so the server has sent it long before the client reads it.
    let bytes = Random::new(3).bytes(1 << 20);
    let layer = server.client().push_layer("web", &bytes);
    let mut pull = send_start(&server, &format!("GET /v2/web/blobs/{}", layer.digest), "", b"");
    assert_eq!(pull.head().unwrap().0, 200);

    server.terminate();
    await_refusal(server.address());
    // Longer than a connection without requests is waited for.
    thread::sleep(Duration::from_secs(7));
    assert!(!server.has_ended(), "the end of the layer is lost with a container's network");
    let read = read_to_end(&mut pull, bytes.len());
    assert_eq!((read.len(), digest_of(&read)), (bytes.len(), digest_of(&bytes)));
    drop(pull);
    server.await_end();
}

#[test]
fn a_push_under_way_is_acknowledged_and_kept() {
    let mut server = Server::start();
    server.create_repository("web");
    let bytes = Random::new(2).bytes(1 << 20);
    let path = format!("/v2/web/blobs/uploads/?digest={}", digest_of(&bytes));
    let length = format!("content-length: {}\r\n", bytes.len());
    let mut push = send_start(&server, &format!("POST {path}"), &length, &bytes[..1_000]);
    // An answer to another client, after these bytes, says that the server has seen them.
    assert_eq!(server.client().get("/v2/").status, 200);

    server.terminate();
    await_refusal(server.address());
    push.send_bytes(&bytes[1_000..]).unwrap();
    assert_eq!(push.answer(true).unwrap().status, 201);
    server.await_end();
    server.start_again();
    let layer = server.client().get(&format!("/v2/web/blobs/{}", digest_of(&bytes)));
    assert_eq!((layer.status, digest_of(&layer.body)), (200, digest_of(&bytes)));
}

#[test]
fn connections_with_nothing_under_way_do_not_hold_up_the_end() {
    let mut server = Server::start_with(&["--drain-seconds", "600", "--idle-seconds", "3"]);
    let silent = Connection::open(server.address()).unwrap();
    let mut half = Connection::open(server.address()).unwrap();
    half.send_bytes(b"GET /healthz HTTP/1.1\r\nhost").unwrap();
    let mut idle = Connection::open(server.address()).unwrap();
    assert_eq!(idle.ask(&Request::new("GET", "/healthz")).unwrap().status, 200);
    server.terminate();
    server.await_end();
    drop((silent, half, idle));
}

#[test]
fn the_drain_limit_cuts_what_does_not_end() {
    let (mut server, path, bytes) = server_with_layer(&["--drain-seconds", "1"]);
    let mut pull = send_start(&server, &format!("GET {path}"), "", b"");
    assert_eq!(pull.head().unwrap().0, 200);
    let path = format!("/v2/web/blobs/uploads/?digest={}", digest_of(b"never sent whole"));
    let push = send_start(&server, &format!("POST {path}"), "content-length: 16\r\n", b"never");
    server.terminate();
    server.await_end();
    let read = read_to_end(&mut pull, bytes.len());
    assert!(read.len() < bytes.len(), "nothing was cut");
    assert!(server.log().contains("did not finish in time"), "{}", server.log());
    drop(push);
}

#[test]
fn for_its_delay_the_server_says_that_it_is_not_ready_and_serves_on() {
    let mut server = Server::start_with(&["--drain-delay-seconds", "3", "--idle-seconds", "5"]);
    server.create_repository("web");
    let mut keeps = Connection::open(server.address()).unwrap();
    let ready = Request::new("GET", "/readyz");
    assert_eq!(keeps.ask(&ready).unwrap().header("connection"), None);
    let asked = Instant::now();
    server.terminate();

    // By the connection that a balancer has kept: it is told that it is to come back by no such
    // way, and why.
    let not_ready = loop {
        let answer = keeps.ask(&ready).unwrap();
        if answer.header("connection") == Some("close") {
            assert!(keeps.ask(&ready).is_err(), "the connection is still open");
            keeps = Connection::open(server.address()).unwrap();
        }
        if answer.status != 200 {
            break answer;
        }
        assert!(asked.elapsed() < Duration::from_secs(2), "it is still ready");
    };
    assert_eq!((not_ready.status, not_ready.text().as_str()), (503, "draining\n"));
    assert_eq!(not_ready.header("connection"), Some("close"));

    // By new ones: everything continues, a push as well, and the process is alive.
    let mut client = server.client();
    let layer = client.push_layer("web", b"pushed while the server is on its way out");
    assert_eq!(client.get(&format!("/v2/web/blobs/{}", layer.digest)).status, 200);
    assert_eq!(server.stranger().get("/healthz").status, 200);
    assert!(asked.elapsed() < Duration::from_secs(3), "the machine is too slow for this test");

    await_refusal(server.address());
    let refused_after = asked.elapsed();
    assert!(refused_after >= Duration::from_secs(3), "refused after {refused_after:?}");
    server.await_end();
}

#[test]
fn what_began_in_the_delay_ends_after_it() {
    let (mut server, path, bytes) = server_with_layer(&["--drain-delay-seconds", "1"]);
    server.terminate();
    let mut pull = send_start(&server, &format!("GET {path}"), "", b"");
    assert_eq!(pull.head().unwrap().0, 200);
    await_refusal(server.address());
    let read = read_to_end(&mut pull, bytes.len());
    assert_eq!((read.len(), digest_of(&read)), (bytes.len(), digest_of(&bytes)));
    server.await_end();
}

#[test]
fn an_interrupt_from_the_keyboard_ends_the_server_as_well() {
    let place = crate::Place::new();
    let mut server = place.serve(&[], &[]);
    server.await_url();
    server.interrupt();
    assert!(server.await_end(PATIENCE).is_some_and(|status| status.success()));
}
