//! A layer whose bytes were changed on the disk: no client gets a wrong byte, and the operator sees
//! it in the metrics, in the log, and from `longshore fsck`.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use black_box::{Request, Server, is_about_one_process};
use serde_json::Value;

/// Seven segments, so that the damaged one is read after the first ones were sent.
const LAYER_BYTES: usize = 7 * 65_536 + 100;
const HEADER_BYTES: usize = 120 + 81;
const SEGMENT_BYTES: usize = 65_536 + 16;

/// The log is read by another thread.
const LOG_PATIENCE: Duration = Duration::from_secs(10);

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
    let key = file.file_name().and_then(|name| name.to_str()).expect("a key is text").to_owned();
    assert_eq!(server.client().get(&path).body, content);
    assert_eq!(corrupt_reads(&server), "0");

    // In the sixth segment: the answer has begun when it is read, and breaks off.
    let damaged = HEADER_BYTES + 5 * SEGMENT_BYTES + 77;
    flip(&file, damaged);
    let broken = server.client().try_ask(Request::new("GET", &path));
    assert!(broken.is_err(), "{:?}", broken.map(|answer| answer.body.len()));
    assert_eq!(corrupt_reads(&server), "1");
    let line = &lines_about(&server, &key, 1)[0];
    assert_eq!((&line["level"], &line["object.key"]), (&"ERROR".into(), &key.as_str().into()));
    let place = format!("is corrupt at byte {}", HEADER_BYTES + 5 * SEGMENT_BYTES);
    assert!(line["error"].as_str().is_some_and(|error| error.contains(&place)), "{line}");
    // What is not damaged can still be read.
    let range = Request::new("GET", &path).header("range", "bytes=0-65535");
    assert_eq!(server.client().ask(range).body, content[..65_536]);
    flip(&file, damaged);

    // In the header: nothing is sent.
    flip(&file, 100);
    let refused = server.client().get(&path);
    assert_eq!(refused.status, 500, "{}", refused.text());
    assert!(!refused.text().contains(&key), "a client does not learn where bytes are");
    assert_eq!(corrupt_reads(&server), "2");
    lines_about(&server, &key, 2);
    flip(&file, 100);
    assert_eq!(server.client().get(&path).body, content);
    assert_eq!(corrupt_reads(&server), "2");

    server.terminate();
    server.await_end();
    flip(&file, damaged);
    let found = server.longshore(["fsck", "--digests"]).fails();
    assert!(found.contains(&format!("Object {key}, which holds")), "{found}");
    flip(&file, damaged);
    // Mended: the fixture checks it again.
}
