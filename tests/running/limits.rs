//! Clients that hold connections silently, and clients that request too much: they are cut off or
//! refused, and no other client notices.

use std::io::ErrorKind;
use std::thread;
use std::time::Duration;

use black_box::{
    AccessKey, Announces, Connection, ROOT_ACCESS_KEY, Random, Request, Server, digest_of,
    signed_call,
};

use crate::send_start;

/// As short as it can be set, so that these tests are short.
const IDLE: [&str; 2] = ["--idle-seconds", "1"];

/// Asserts that the server ends the connection by itself. A reader waits for that as long as for
/// any answer.
fn assert_cut(mut connection: Connection, because: &str) {
    loop {
        match connection.read_some(64 << 10) {
            Ok(some) if some.is_empty() => return,
            // The last words of the server, perhaps.
            Ok(_) => {}
            Err(error) => {
                let waited_in_vain =
                    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
                assert!(!waited_in_vain, "{because}: the server keeps the connection");
                return;
            }
        }
    }
}

#[test]
fn connections_without_a_request_are_closed() {
    let server = Server::start_with(&IDLE);
    let open = || Connection::open(server.address()).unwrap();
    let sent = |bytes: &[u8]| {
        let mut connection = open();
        connection.send_bytes(bytes).unwrap();
        connection
    };
    let mut idle = open();
    assert_eq!(idle.ask(&Request::new("GET", "/healthz")).unwrap().status, 200);
    #[rustfmt::skip]
    let cases = [
        (open(),                                            "not a byte"),
        (sent(b"P"),                                        "the first byte of both protocols"),
        (sent(b"PRI * HTTP/2.0\r\n"),                       "half of HTTP/2's greeting"),
        (sent(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx"),    "half a head"),
        (idle,                                              "nothing after the first request"),
    ];
    for (connection, because) in cases {
        assert_cut(connection, because);
    }
    assert_eq!(server.stranger().get("/healthz").status, 200);
}

#[test]
fn a_head_that_drips_is_closed_although_it_never_pauses() {
    let server = Server::start_with(&IDLE);
    let mut connection = Connection::open(server.address()).unwrap();
    connection.send_bytes(b"GET /healthz HTTP/1.1\r\nx: ").unwrap();
    let dripped = (0..600).find(|_| {
        thread::sleep(Duration::from_millis(100));
        connection.send_bytes(b"x").is_err()
    });
    assert!(dripped.is_some(), "the server took a head for a minute");
}

#[test]
fn a_body_that_stops_is_refused_and_the_upload_goes_on_from_what_came() {
    let server = Server::start_with(&IDLE);
    server.create_repository("web");
    let bytes = Random::new(1).bytes(100_000);
    let upload = server.client().begin_upload("web");
    #[rustfmt::skip]
    let cases = [
        ("content-range: 0-99999\r\ncontent-length: 100000\r\n", 0,      "a chunk that says where it ends counts whole or not at all"),
        ("content-length: 100000\r\n",                           60_000, "what came of a stream is kept"),
    ];
    for (headers, kept, because) in cases {
        let mut half = send_start(&server, &format!("PATCH {upload}"), headers, &bytes[..60_000]);
        let answer = half.answer(true).unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (400, "SIZE_INVALID"), "{because}");
        let range = server.client().get(&upload).header("range").map(str::to_owned);
        assert_eq!(range, Some(format!("0-{}", std::cmp::max(kept, 1) - 1)), "{because}");
    }
    let target = format!("{upload}?digest={}", digest_of(&bytes));
    assert_eq!(server.client().put(&target, &bytes[60_000..]).status, 201);
}

#[test]
fn a_manifest_that_stops_is_refused() {
    let server = Server::start_with(&IDLE);
    server.create_repository("web");
    let more = "content-type: application/json\r\ncontent-length: 100\r\n";
    let mut half = send_start(&server, "PUT /v2/web/manifests/v1", more, b"{");
    let answer = half.answer(true).unwrap();
    assert_eq!((answer.status, answer.code().as_str()), (400, "SIZE_INVALID"));
}

#[test]
fn a_reader_that_stops_is_cut_and_one_that_is_slow_is_not() {
    let server = Server::start_with(&IDLE);
    server.create_repository("web");
    // More than sockets buffer.
    let bytes = Random::new(2).bytes(24 << 20);
    let pull = format!("GET /v2/web/blobs/{}", server.client().push_layer("web", &bytes).digest);
    let mut slow = send_start(&server, &pull, "", b"");
    let mut stopped = send_start(&server, &pull, "", b"");
    assert_eq!((slow.head().unwrap().0, stopped.head().unwrap().0), (200, 200));
    let mut read = Vec::new();
    while read.len() < bytes.len() {
        let some = slow.read_some(1 << 20).expect("the server has patience with the slow");
        assert!(!some.is_empty(), "a slow reader was cut");
        // Four pauses, together much longer than a pause may be.
        if (read.len() + some.len()) / (5 << 20) > read.len() / (5 << 20) {
            thread::sleep(Duration::from_millis(600));
        }
        read.extend(some);
    }
    assert_eq!(digest_of(&read), digest_of(&bytes));
    let mut taken = 0;
    while let Ok(some) = stopped.read_some(1 << 20) {
        taken += some.len();
        if some.is_empty() {
            break;
        }
    }
    assert!(taken < bytes.len(), "who stopped reading was waited for");
}

#[test]
fn requests_that_want_too_much_are_refused_and_no_other_client_notices() {
    let server = Server::start();
    server.create_repository("web");
    let upload = server.client().begin_upload("web");
    let get = |name: &str, value: &str| Request::new("GET", "/v2/").header(name, value);
    let many = (0..10_000).fold(Request::new("GET", "/v2/"), |request, number| {
        request.header(&format!("x-{number}"), "x")
    });
    let manifest = Request::new("PUT", "/v2/web/manifests/v1").header("content-type", "a/b");
    let part = || Request::new("PATCH", &upload);
    let call = Request::new("POST", "/")
        .header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories");
    let tags = format!(
        "/v2/web/manifests/v1?{}",
        (0..5_000).map(|number| format!("tag=v{number}")).collect::<Vec<_>>().join("&")
    );
    #[rustfmt::skip]
    let cases = [
        (many,                                                         &[431][..],      "ten thousand headers"),
        (get("x", &"x".repeat(1 << 20)),                               &[431],          "a header of a mebibyte"),
        (get("authorization", &format!("Basic {}", "A".repeat(200_000))), &[431],       "a password of 150 KB"),
        (get("authorization", &format!("Basic {}", "A".repeat(40_000))), &[401],        "a password of 30 KB"),
        (Request::new("GET", &format!("/v2/{}/tags/list", "a/".repeat(60_000))), &[414, 431], "a path of 120 KB"),
        (Request::new("GET", &format!("/v2/{}/tags/list", "a/".repeat(15_000))), &[400, 414], "a path of 30 KB"),
        (manifest.clone().body(vec![b' '; 5 << 20]),                   &[413],          "a manifest of 5 MiB"),
        (manifest.clone().body(vec![b' '; 5 << 20]).in_chunks_of(9_999), &[413],        "and without a length"),
        (manifest.claiming_length(u64::MAX >> 1),                      &[413],          "a manifest of 8 EiB, it says"),
        (part().claiming_length(u64::MAX >> 1),                        &[413],          "a layer of 8 EiB, it says"),
        (part().header("content-length", "99999999999999999999999"),   &[400],          "a length that no number holds"),
        (part().header("content-range", "0-18446744073709551615").body("x"), &[400, 413], "every byte there could be"),
        (call.body(vec![b' '; 64 << 20]),                              &[413],          "a call of 64 MiB"),
        (Request::new("PUT", &tags).body("{}"),                        &[400],          "five thousand tags"),
    ];
    let mut bystander = server.client();
    for (request, expected, because) in cases {
        let answer = server.client().ask(request);
        assert!(
            expected.contains(&answer.status),
            "{because}: {} {}",
            answer.status,
            answer.text()
        );
        assert_eq!(bystander.get("/v2/").status, 200, "{because}");
    }
    assert_eq!(bystander.get(&upload).header("range"), Some("0-0"));
    assert_eq!(bystander.delete(&upload).status, 204);
}

#[test]
fn connections_beyond_the_limit_wait_for_a_place() {
    let server = Server::start_with(&["--connections-max", "3"]);
    let ask = Request::new("GET", "/healthz");
    let mut held: Vec<Connection> =
        (0..3).map(|_| Connection::open(server.address()).unwrap()).collect();
    for connection in &mut held {
        assert_eq!(connection.ask(&ask).unwrap().status, 200);
    }
    let mut waiting = Connection::open(server.address()).unwrap();
    waiting.send_bytes(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    waiting.patience(Duration::from_millis(300));
    assert!(waiting.read_some(1).is_err(), "a fourth connection was served");
    // Clients that have a place are served while others wait.
    assert_eq!(held[0].ask(&ask).unwrap().status, 200);
    held.pop();
    waiting.patience(Duration::from_mins(1));
    assert_eq!(waiting.answer(true).unwrap().status, 200);
}

#[test]
fn an_address_has_so_many_connections_and_more_are_closed() {
    let server = Server::start_with(&["--connections-per-address-max", "3"]);
    let ask = Request::new("GET", "/healthz");
    let open = || Connection::open(server.address()).unwrap();
    let mut held: Vec<Connection> = (0..3).map(|_| open()).collect();
    for connection in &mut held {
        assert_eq!(connection.ask(&ask).unwrap().status, 200);
    }
    assert!(open().ask(&ask).is_err(), "a fourth connection was served");
    let metrics = held[0].ask(&Request::new("GET", "/metrics")).unwrap().text();
    assert!(metrics.contains("longshore_refused_connections_total 1\n"), "{metrics}");
    assert!(server.log().contains("--connections-per-address-max"), "{}", server.log());
    // Another address has its own.
    let mut elsewhere = Connection::open_from("127.0.0.2", server.address()).unwrap();
    assert_eq!(elsewhere.ask(&ask).unwrap().status, 200);
    // And a place that is left is given again.
    held.pop();
    let is_given_again = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(20));
        open().ask(&ask).is_ok()
    });
    assert!(is_given_again, "a place that was left is not given again");
}

#[test]
fn a_trusted_proxy_has_as_many_connections_as_there_are() {
    let server = Server::start_with(&[
        "--connections-per-address-max",
        "3",
        "--trusted-proxies",
        "127.0.0.1",
    ]);
    let mut held: Vec<Connection> =
        (0..6).map(|_| Connection::open(server.address()).unwrap()).collect();
    for connection in &mut held {
        assert_eq!(connection.ask(&Request::new("GET", "/healthz")).unwrap().status, 200);
    }
}

/// A call with an id that others may have seen, and a signature that is none.
fn forged(server: &Server, operation: &str, announces: Announces) -> Request {
    let key = AccessKey { id: ROOT_ACCESS_KEY.to_owned(), secret: "guessed".to_owned() };
    signed_call(server.address(), &key, operation, "", announces)
}

#[test]
fn slow_bodies_of_strangers_stop_no_other_client() {
    let server = Server::start();
    server.create_repository("web");
    let began = std::time::Instant::now();
    let mut held: Vec<Connection> = Vec::new();
    for (operation, length, count) in
        [("UploadLayerPart", 27 << 20, 40), ("DescribeRepositories", 1 << 20, 200)]
    {
        for _ in 0..count {
            let mut connection = Connection::open(server.address()).unwrap();
            let forged = forged(&server, operation, Announces::Nothing).claiming_length(length);
            connection.send(&forged).unwrap();
            connection.send_bytes(b"{").unwrap();
            held.push(connection);
        }
    }
    // The forged bodies would fill all the room that their address may have, and the true ones come
    // from the same.
    for _ in 0..5 {
        server.call("DescribeRepositories", &serde_json::json!({}));
    }
    let upload =
        server.call("InitiateLayerUpload", &serde_json::json!({ "repositoryName": "web" }));
    let part = serde_json::json!({
        "repositoryName": "web",
        "uploadId": upload["uploadId"],
        "partFirstByte": 0,
        "partLastByte": 5_999_999,
        "layerPartBlob": "AAAA".repeat(2_000_000),
    });
    server.call("UploadLayerPart", &part);
    let path = format!("/v2/web/blobs/uploads/{}", upload["uploadId"].as_str().unwrap());
    assert_eq!(server.client().delete(&path).status, 204);
    assert!(began.elapsed() < Duration::from_secs(30), "it took {:?}", began.elapsed());
}

#[test]
fn a_head_that_announces_its_body_is_refused_before_the_body_comes() {
    let server = Server::start();
    let mut connection = Connection::open(server.address()).unwrap();
    connection.patience(Duration::from_secs(10));
    let forged = forged(&server, "DescribeRepositories", Announces::Hash).claiming_length(1_000);
    connection.send(&forged).unwrap();
    let answer = connection.answer(true).unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["__type"], "InvalidSignatureException", "{}", answer.text());
}
