//! Uploads with wrong statements, stops, gaps, or unknown ids.

use std::thread;
use std::time::Duration;

use black_box::{Client, Connection, Random, Request, authorization, digest_of};

use crate::{Scene, rows};

#[test]
fn layers_in_one_request_that_are_not_what_they_say_are_refused() {
    let begin = |query: &str| Request::new("POST", &format!("/v2/web/blobs/uploads/{query}"));
    let digest = digest_of(b"bytes");
    let named = || begin(&format!("?digest={digest}"));
    let other = begin(&format!("?digest={}", digest_of(b"others")));
    let long = begin(&format!("?digest=sha512:{}", "a".repeat(128)));
    let upper = begin(&format!("?digest={}", digest.to_uppercase()));
    let ranged = |range: &str| named().header("content-range", range).body("bytes");
    let mut scene = Scene::new();
    #[rustfmt::skip]
    scene.refuses(rows([
        (other.body("bytes"),                          400, "DIGEST_INVALID", "another digest"),
        (named().body("byte"),                         400, "DIGEST_INVALID", "a byte short"),
        (named(),                                      400, "DIGEST_INVALID", "no bytes"),
        (named().body("BYTES").in_chunks_of(2),        400, "DIGEST_INVALID", "other bytes without a length"),
        (long.body("bytes"),                           400, "DIGEST_INVALID", "another SHA-512"),
        (upper.body("bytes"),                          400, "DIGEST_INVALID", "a digest in upper case"),
        (begin("?digest=").body("bytes"),              400, "DIGEST_INVALID", "an empty digest"),
        (begin("?digest=sha256:abc").body("bytes"),    400, "DIGEST_INVALID", "a short digest"),
        (begin("?digest=sha256%3A..%2F").body("bytes"), 400, "DIGEST_INVALID", "a path for a digest"),
        (begin("?mount=abc&from=web"),                 400, "DIGEST_INVALID", "a mount of no digest"),
        (ranged("0-9"),                                400, "SIZE_INVALID", "a range longer than the body"),
        (ranged("0-3"),                                400, "SIZE_INVALID", "a range shorter than the body"),
        (ranged("1-5"),                                416, "BLOB_UPLOAD_INVALID", "a range that skips a byte"),
        (ranged("4-0"),                                400, "UNSUPPORTED", "a range backwards"),
        (ranged("all of it"),                          400, "UNSUPPORTED", "no range"),
        (ranged("0-99999999999999999999999"),          400, "UNSUPPORTED", "a range that no number holds"),
    ]));
    let missing = scene.client.head(&format!("/v2/web/blobs/{digest}"));
    assert_eq!(missing.status, 404, "a refused layer is there");
}

#[test]
fn an_end_that_is_asked_for_again_is_told_again_while_the_repository_holds_the_layer() {
    let mut scene = Scene::new();
    let (digest, other) = (digest_of(b"a commit"), digest_of(b"another"));
    let upload = scene.client.begin_upload("web");
    assert_eq!(scene.client.patch(&upload, "a commit").status, 202);
    let end = |digest: &str| format!("{upload}?digest={digest}");
    for again in 0..3 {
        let answer = scene.client.put(&end(&digest), "");
        assert_eq!(answer.status, 201, "{again}: {}", answer.text());
        assert_eq!(answer.header("docker-content-digest"), Some(&*digest));
        assert_eq!(answer.header("location"), Some(&*format!("/v2/web/blobs/{digest}")));
    }
    let elsewhere = end(&digest).replace("/web/", "/other/");
    #[rustfmt::skip]
    scene.refuses(rows([
        (Request::new("PUT", &end(&other)),  404, "BLOB_UPLOAD_UNKNOWN", "a layer that is not there"),
        (Request::new("PUT", &elsewhere),    404, "BLOB_UPLOAD_UNKNOWN", "a repository that does not hold it"),
        (Request::new("GET", &upload),       404, "BLOB_UPLOAD_UNKNOWN", "the upload itself has ended"),
    ]));
    assert_eq!(scene.client.delete(&format!("/v2/web/blobs/{digest}")).status, 202);
    let gone = Request::new("PUT", &end(&digest));
    scene.refuses(rows([(gone, 404, "BLOB_UPLOAD_UNKNOWN", "the layer is deleted")]));
}

#[test]
fn chunks_that_do_not_fit_leave_the_upload_where_it_was() {
    let mut scene = Scene::new();
    let upload = scene.client.begin_upload("web");
    assert_eq!(scene.client.patch(&upload, "0123456789").status, 202);
    let patch = |range: &str, body: &str| {
        Request::new("PATCH", &upload).header("content-range", range).body(body)
    };
    let put = |query: &str| Request::new("PUT", &format!("{upload}{query}"));
    let right = format!("?digest={}", digest_of(b"0123456789abcde"));
    let wrong = format!("?digest={}", digest_of(b"something else"));
    let skipping = put(&right).header("content-range", "11-15").body("abcde");
    let elsewhere = upload.replace("/web/", "/other/");
    let mounted = elsewhere.replace("/other/", "/nowhere/");
    #[rustfmt::skip]
    scene.refuses(rows([
        (patch("11-15", "abcde"),                       416, "BLOB_UPLOAD_INVALID", "a byte is skipped"),
        (patch("9-13", "abcde"),                        416, "BLOB_UPLOAD_INVALID", "a byte comes twice"),
        (patch("0-9", "0123456789"),                    416, "BLOB_UPLOAD_INVALID", "the first chunk again"),
        (patch("10-15", "abcde"),                       400, "SIZE_INVALID", "a byte short"),
        (patch("10-13", "abcde"),                       400, "SIZE_INVALID", "a byte too long"),
        (patch("14-10", "abcde"),                       400, "UNSUPPORTED", "backwards"),
        (patch("-", "abcde"),                           400, "UNSUPPORTED", "no numbers"),
        (skipping,                                      416, "BLOB_UPLOAD_INVALID", "the last chunk skips a byte"),
        (put("").body("abcde"),                         400, "DIGEST_INVALID", "no digest"),
        (put("?digest=sha256:abc").body("abcde"),       400, "DIGEST_INVALID", "half a digest"),
        (put(&wrong).body("abcde"),                     400, "DIGEST_INVALID", "another digest"),
        (put(&right),                                   400, "DIGEST_INVALID", "not all of it"),
        (Request::new("GET", &elsewhere),               404, "BLOB_UPLOAD_UNKNOWN", "another repository's upload"),
        (Request::new("PATCH", &elsewhere).body("abcde"), 404, "BLOB_UPLOAD_UNKNOWN", "another repository's upload"),
        (Request::new("DELETE", &elsewhere),            404, "BLOB_UPLOAD_UNKNOWN", "another repository's upload"),
        (Request::new("GET", &mounted),                 404, "NAME_UNKNOWN", "no such repository"),
    ]));
    let state = scene.server.client().get(&upload);
    assert_eq!((state.status, state.header("range")), (204, Some("0-9")));
    assert_eq!(scene.client.put(&format!("{upload}{right}"), "abcde").status, 201);
    let layer = scene.client.get(&format!("/v2/web/blobs/{}", digest_of(b"0123456789abcde")));
    assert_eq!(layer.text(), "0123456789abcde");
}

#[test]
fn uploads_that_never_were_or_are_over_are_unknown() {
    let mut scene = Scene::new();
    let finished = scene.client.begin_upload("web");
    let target = format!("{finished}?digest={}", digest_of(b"finished"));
    assert_eq!(scene.client.put(&target, "finished").status, 201);
    let cancelled = scene.client.begin_upload("web");
    assert_eq!(scene.client.delete(&cancelled).status, 204);
    let forged = "/v2/web/blobs/uploads/00000000-0000-4000-8000-000000000000".to_owned();
    let malformed = "/v2/web/blobs/uploads/1".to_owned();
    let cases = [
        (finished, "finished"),
        (cancelled, "cancelled"),
        (forged, "well-formed, and made up"),
        (malformed, "no id"),
    ];
    let mut table = Vec::new();
    for (path, because) in cases {
        let put = format!("{path}?digest={}", digest_of(b"x"));
        table.extend(rows([
            (Request::new("GET", &path), 404, "BLOB_UPLOAD_UNKNOWN", because),
            (Request::new("PATCH", &path).body("x"), 404, "BLOB_UPLOAD_UNKNOWN", because),
            (Request::new("PUT", &put).body("x"), 404, "BLOB_UPLOAD_UNKNOWN", because),
            (Request::new("DELETE", &path), 404, "BLOB_UPLOAD_UNKNOWN", because),
        ]));
    }
    scene.refuses(table);
}

#[test]
fn a_body_that_breaks_off_counts_as_far_as_it_came_or_not_at_all() {
    let mut scene = Scene::new();
    let bytes = Random::new(1).bytes(300_000);
    #[rustfmt::skip]
    let cases = [
        ("content-length: 300000\r\ncontent-range: 0-299999\r\n", false, "a chunk that says where it ends"),
        ("content-length: 300000\r\n",                            true,  "a stream with a length"),
        ("transfer-encoding: chunked\r\n",                        true,  "a stream without"),
    ];
    for (headers, keeps, because) in cases {
        let upload = scene.client.begin_upload("web");
        let words = authorization(scene.server.password());
        let head = format!(
            "PATCH {upload} HTTP/1.1\r\nhost: x\r\nauthorization: {words}\r\n{headers}\r\n"
        );
        let chunk = if headers.starts_with("transfer") { "249f0\r\n" } else { "" };
        let before = received_bytes(&scene);
        let mut broken = Connection::open(scene.server.address()).unwrap();
        broken
            .send_bytes(&[head.as_bytes(), chunk.as_bytes(), &bytes[..150_000]].concat())
            .unwrap();
        await_received(&scene, before + 150_000);
        drop(broken);
        if keeps {
            await_progress(&scene, &upload, "0-149999");
        }
        let received = settled_length(&mut scene, &upload);
        let expected = if keeps { 150_000 } else { 0 };
        assert_eq!(received, expected, "{because}");
        let target = format!("{upload}?digest={}", digest_of(&bytes));
        let put = scene.client.put(&target, &bytes[received..]);
        assert_eq!(put.status, 201, "{because}: {}", put.text());
        let layer = scene.client.get(&format!("/v2/web/blobs/{}", digest_of(&bytes)));
        assert_eq!(digest_of(&layer.body), digest_of(&bytes), "{because}");
    }
}

/// Bytes that the server has taken in since it started: all its nodes together, each of which
/// counts its own.
fn received_bytes(scene: &Scene) -> u64 {
    let of_node = |address: String| {
        let page = Client::logged_in(&address, scene.server.password()).get("/metrics").text();
        let total = "longshore_received_bytes_total ";
        let line = page.lines().find_map(|line| line.strip_prefix(total));
        line.and_then(|bytes| bytes.parse::<u64>().ok()).expect("the metric is there")
    };
    scene.server.node_addresses().into_iter().map(of_node).sum()
}

fn await_received(scene: &Scene, bytes: u64) {
    for _ in 0..2_000 {
        if received_bytes(scene) >= bytes {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("the server has not taken in {bytes} bytes, but {}", received_bytes(scene));
}

/// Waits until every node knows how far an upload is: until then, a request at another
/// node takes it over as it was before.
fn await_progress(scene: &Scene, upload: &str, range: &str) {
    for address in scene.server.node_addresses() {
        let mut client = Client::logged_in(&address, scene.server.password());
        let knows = (0..1_000).any(|_| {
            let knows = client.get(upload).header("range") == Some(range);
            if !knows {
                thread::sleep(Duration::from_millis(10));
            }
            knows
        });
        assert!(knows, "{address}: {:?}", client.get(upload));
    }
}

/// How much an upload has once no request writes to it any more.
fn settled_length(scene: &mut Scene, upload: &str) -> usize {
    for _ in 0..1_000 {
        // A chunk without bytes is taken as soon as no request has the upload.
        let answer = scene.client.patch(upload, "");
        if answer.status == 202 {
            let range = answer.header("range").expect("progress has a range");
            let last = range.strip_prefix("0-").and_then(|last| last.parse().ok());
            let last: usize = last.expect("a range has a last byte");
            return if last == 0 { 0 } else { last + 1 };
        }
        assert_eq!(answer.status, 409, "{}", answer.text());
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the upload stays busy");
}
