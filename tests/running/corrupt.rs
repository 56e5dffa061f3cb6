//! A layer whose bytes were changed on the disk: no client gets a wrong byte, clients are told
//! which object it is, and the operator sees it in the metrics, in the log, and from `longshore
//! fsck`. A push brings it back.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use black_box::{AccessKey, Answer, Request, Server, call, is_about_one_process, manifest_of};
use serde_json::{Value, json};

/// Seven segments, so that the damaged one is read after the first ones were sent.
const LAYER_BYTES: usize = 7 * 65_536 + 100;
const HEADER_BYTES: usize = 120 + 81;
const SEGMENT_BYTES: usize = 65_536 + 16;

/// A part that is not the last has at least 5 MiB; this many bytes are a whole number of Base64's
/// groups.
const PART_BYTES: usize = 3 * 2_000_000;

/// The log is read by another thread.
const LOG_PATIENCE: Duration = Duration::from_secs(10);

/// A damage is in the rows after two seconds; the rest is for a machine that has much to do.
const KNOWN_WITHIN: Duration = Duration::from_secs(10);

/// The largest file of an object.
fn largest_object(data: &Path) -> PathBuf {
    let inside = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("the folder can be listed");
        entries.map(|entry| entry.expect("an entry can be read").path()).collect::<Vec<_>>()
    };
    let files = inside(&data.join("objects")).into_iter().flat_map(|shelf| inside(&shelf));
    let length = |path: &PathBuf| fs::metadata(path).map_or(0, |metadata| metadata.len());
    files.max_by_key(length).expect("the layer has an object")
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).expect("the object can be read");
    bytes[at] ^= 0x20;
    fs::write(path, bytes).expect("the object can be written");
}

fn key_of(file: &Path) -> String {
    file.file_name().and_then(|name| name.to_str()).expect("a key is text").to_owned()
}

/// Asserts that a request of the registry was refused because of this object.
fn assert_names(refused: &Answer, key: &str) {
    assert_eq!(refused.status, 500, "{}", refused.text());
    let told = &refused.json()["errors"][0];
    let sentence = format!("Object {key} in the registry's store is damaged or missing");
    let message = told["message"].as_str().unwrap_or_default();
    assert!(message.starts_with(&sentence) && told["code"] == "UNKNOWN", "{told}");
}

/// Waits until a push is told to send the layer again.
fn await_unreliable(server: &Server, path: &str) {
    let began = Instant::now();
    while server.client().head(path).status != 404 {
        assert!(began.elapsed() < KNOWN_WITHIN, "a push would still rely on the layer");
        thread::sleep(Duration::from_millis(50));
    }
}

fn corrupt_reads(server: &Server) -> String {
    let page = server.client().get("/metrics").text();
    let sample = page.lines().find_map(|line| line.strip_prefix("longshore_corrupt_reads_total "));
    sample.expect("the metric is always there").to_owned()
}

/// The lines of the log that name the object, once there are as many as expected.
fn lines_about(server: &Server, key: &str, expected: usize) -> Vec<Value> {
    let until = Instant::now() + LOG_PATIENCE;
    loop {
        let log = server.log();
        let lines: Vec<&str> = log.lines().filter(|line| line.contains(key)).collect();
        if lines.len() >= expected || Instant::now() > until {
            assert_eq!(lines.len(), expected, "{lines:#?}");
            let parse = |line| serde_json::from_str(line).expect("a line of the log is JSON");
            return lines.into_iter().map(parse).collect();
        }
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_corrupt_object_is_never_sent_and_is_counted_logged_and_found() {
    if is_about_one_process("a layer that was changed on the disk") {
        return;
    }
    let mut server = Server::start_with(&["--log-format", "json"]);
    server.create_repository("web");
    let content: Vec<u8> = (0..=255).cycle().take(LAYER_BYTES).collect();
    let layer = server.client().push_layer("web", &content);
    let path = format!("/v2/web/blobs/{}", layer.digest);
    let file = largest_object(&server.data());
    let key = key_of(&file);
    assert_eq!(server.client().get(&path).body, content);
    assert_eq!(corrupt_reads(&server), "0");

    // In the sixth segment: the answer has begun when it is read, and breaks off.
    let damaged = HEADER_BYTES + 5 * SEGMENT_BYTES + 77;
    flip(&file, damaged);
    let broken = server.client().try_ask(Request::new("GET", &path));
    assert!(broken.is_err(), "{:?}", broken.map(|answer| answer.body.len()));
    assert_eq!(corrupt_reads(&server), "1");
    await_unreliable(&server, &path);
    let lines = lines_about(&server, &key, 2);
    let line = &lines[0];
    assert_eq!((&line["level"], &line["object.key"]), (&"ERROR".into(), &key.as_str().into()));
    let place = format!("is corrupt at byte {}", HEADER_BYTES + 5 * SEGMENT_BYTES);
    assert!(line["error"].as_str().is_some_and(|error| error.contains(&place)), "{line}");
    assert_eq!(lines[1]["layer.digest"], layer.digest.as_str());
    // What is not damaged can still be read.
    let range = Request::new("GET", &path).header("range", "bytes=0-65535");
    assert_eq!(server.client().ask(range).body, content[..65_536]);
    flip(&file, damaged);

    // In the header, or in the first segment that is wanted: nothing is sent but the refusal.
    let in_the_middle = Request::new("GET", &path).header("range", "bytes=200000-200009");
    let places = [
        (100, Request::new("GET", &path)),
        (HEADER_BYTES, Request::new("GET", &path)),
        (HEADER_BYTES + 3 * SEGMENT_BYTES + SEGMENT_BYTES - 1, in_the_middle),
    ];
    for (number, (at, request)) in places.into_iter().enumerate() {
        flip(&file, at);
        assert_names(&server.client().ask(request.clone()), &key);
        assert_eq!(corrupt_reads(&server), (number + 2).to_string());
        lines_about(&server, &key, number + 3);
        flip(&file, at);
        assert!(server.client().ask(request).status < 300, "it is whole again");
    }
    assert_eq!(server.client().get(&path).body, content);
    assert_eq!(corrupt_reads(&server), "4");

    server.terminate();
    server.await_end();
    flip(&file, damaged);
    let found = server.longshore(["fsck", "--digests"]).fails();
    assert!(found.contains(&format!("Object {key}, which holds")), "{found}");
    flip(&file, damaged);
    let found = server.longshore(["fsck", "--digests"]).succeeds();
    assert!(found.contains(&format!("Object {key}, which holds")), "{found}");
    let repaired = server.longshore(["fsck", "--digests", "--repair"]).succeeds();
    assert!(repaired.ends_with(" 0 errors, 0 notes"), "{repaired}");
    // Mended: the fixture checks it again.
}

#[test]
fn a_damaged_layer_comes_back_when_it_is_pushed_again_even_after_a_kill() {
    if is_about_one_process("a layer that was changed on the disk") {
        return;
    }
    let mut server = Server::start();
    for name in ["web", "api"] {
        server.create_repository(name);
    }
    let content: Vec<u8> = (0..=255).cycle().take(LAYER_BYTES).collect();
    let layer = server.client().push_layer("web", &content);
    // Pushed again, it would be in two objects, until that of the second push is deleted.
    let mount = format!("/v2/api/blobs/uploads/?mount={}&from=web", layer.digest);
    assert_eq!(server.client().post(&mount, "").status, 201);
    let manifest = manifest_of(1, &layer, &[]);
    assert_eq!(server.client().put_manifest("web", "v1", &manifest).status, 201);
    let named = json!({ "repositoryName": "web", "layerDigest": layer.digest });
    let url = server.call("GetDownloadUrlForLayer", &named);
    let url = url["downloadUrl"].as_str().expect("it is text");
    let (_, download) = url.split_once(&server.registry()).expect("it is the server's");
    let file = largest_object(&server.data());
    let key = key_of(&file);
    flip(&file, HEADER_BYTES + 1);

    let paths = ["web", "api"].map(|name| format!("/v2/{name}/blobs/{}", layer.digest));
    assert_names(&server.stranger().get(download), &key);
    for path in &paths {
        await_unreliable(&server, path);
    }
    let checked = json!({ "repositoryName": "api", "layerDigests": [layer.digest] });
    let checked = server.call("BatchCheckLayerAvailability", &checked);
    assert_eq!(checked["layers"][0]["layerAvailability"], "UNAVAILABLE", "{checked}");
    assert_eq!(server.client().post(&mount, "").status, 202, "it is uploaded instead");
    // The image is there: it can be tagged.
    assert_eq!(server.client().put_manifest("web", "v2", &manifest).status, 201);
    assert_names(&server.client().get(&paths[1]), &key);

    server.kill();
    server.start_again();
    assert_eq!(server.client().head(&paths[0]).status, 404, "it is still known");
    server.client().push_layer("api", &content);
    server.kill();
    server.start_again();
    for path in &paths {
        assert_eq!(server.client().head(path).status, 200);
        assert_eq!(server.client().get(path).body, content);
    }
    assert_eq!(server.stranger().get(download).body, content, "the URL is as good as before");
}

#[test]
fn an_upload_whose_bytes_were_damaged_is_refused_by_name_at_the_aws_door() {
    if is_about_one_process("an upload that was changed on the disk") {
        return;
    }
    let server = Server::start();
    server.create_repository("web");
    let begun = server.call("InitiateLayerUpload", &json!({ "repositoryName": "web" }));
    let upload = begun["uploadId"].as_str().expect("it is text").to_owned();
    // Base64 of zeros.
    let part = |first: usize| {
        let last = first + PART_BYTES - 1;
        json!({
            "repositoryName": "web", "uploadId": upload, "partFirstByte": first,
            "partLastByte": last, "layerPartBlob": "A".repeat(PART_BYTES / 3 * 4),
        })
    };
    server.call("UploadLayerPart", &part(0));
    let file = largest_object(&server.data());
    let opened = fs::OpenOptions::new().write(true).open(&file).expect("the object can be opened");
    opened.set_len(PART_BYTES as u64 / 2).expect("the object can be cut");
    let refused =
        call(&server.registry(), &AccessKey::root(), "UploadLayerPart", &part(PART_BYTES));
    assert_eq!(refused.status, 500, "{}", refused.text());
    let told = refused.json();
    let sentence = format!("Object {} in the registry's store is damaged", key_of(&file));
    let message = told["message"].as_str().unwrap_or_default();
    assert!(message.starts_with(&sentence), "{told}");
    assert!(told["__type"].as_str().is_some_and(|name| name.ends_with("ServerException")));
    let cancelled = server.client().delete(&format!("/v2/web/blobs/uploads/{upload}"));
    assert_eq!(cancelled.status, 204, "{}", cancelled.text());
}
