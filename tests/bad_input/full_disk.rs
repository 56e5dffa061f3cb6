//! A full disk: no client gets a false success, nothing is lost, and deletions free space again.
//!
//! The disk is a small one in memory, which only root may mount. It is mounted in a process with
//! its own mounts, so that the machine keeps none, even if the test fails.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use black_box::{
    Client, Invocation, Layer, Random, Server, digest_of, is_about_one_process, manifest_of,
    skipped,
};
use tempfile::TempDir;

const DISK: &str = "size=96m";
const CHUNK_BYTES: usize = 1 << 20;

/// Set in the process whose mounts are its own.
const APART: &str = "LONGSHORE_TEST_MOUNTS_APART";

/// A small disk, mounted as long as the process lives that has it among its mounts.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// The disk, or why there is none.
    fn mount() -> Result<Self, String> {
        let folder = TempDir::with_prefix("small-disk-").expect("a temporary folder can be made");
        let at = folder.path().display().to_string();
        let arguments = ["-t", "tmpfs", "-o", DISK, "tmpfs", &at];
        let mounted = Invocation::new("mount", Path::new("/")).args(arguments).run();
        if mounted.succeeded() { Ok(Self(folder)) } else { Err(mounted.stderr) }
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("data")
    }
}

/// Runs a test of this file again, in a process with mounts of its own.
fn run_apart(test: &str) {
    let program = env::current_exe().expect("a test knows its own program");
    let mut command = Invocation::new("unshare", Path::new("/"))
        .args(["--mount", "--propagation", "private", "--"])
        .args([program])
        .args(["--exact", test, "--nocapture"])
        .env(APART, "yes");
    for (name, value) in env::vars().filter(|(name, _)| name.starts_with("LONGSHORE_")) {
        command = command.env(&name, value);
    }
    let ended = command.run();
    if ended.stderr.contains("unshare failed") {
        return skipped("a full disk", &ended.stderr);
    }
    print!("{}", ended.stdout);
    assert!(ended.succeeded() && ended.stdout.contains("1 passed"), "{ended}");
}

/// Bytes that are free where the server keeps its objects, as it says itself.
fn available(client: &mut Client) -> u64 {
    let page = client.get("/metrics").text();
    let line =
        page.lines().find_map(|line| line.strip_prefix("longshore_storage_available_bytes "));
    line.and_then(|bytes| bytes.parse().ok()).expect("the metric is there")
}

/// Waits until that many bytes are free: objects are deleted by jobs.
fn await_room(client: &mut Client, bytes: u64) {
    for _ in 0..1_000 {
        if available(client) >= bytes {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("{} bytes are free, and not {bytes}", available(client));
}

/// Pushes layers until one is refused; returns those that were acknowledged.
fn fill(client: &mut Client, seed: u64) -> Vec<Layer> {
    let mut acknowledged = Vec::new();
    for number in 0..200 {
        let bytes = Random::new(seed + number).bytes(CHUNK_BYTES);
        let target = format!("/v2/web/blobs/uploads/?digest={}", digest_of(&bytes));
        let answer = client.post(&target, bytes.clone());
        if answer.status == 201 {
            acknowledged.push(Layer::of(&bytes));
            continue;
        }
        assert_eq!((answer.status, answer.code().as_str()), (507, "UNKNOWN"), "{}", answer.text());
        return acknowledged;
    }
    panic!("the disk has no end");
}

fn assert_all_there(client: &mut Client, layers: &[Layer]) {
    for layer in layers {
        let found = client.get(&format!("/v2/web/blobs/{}", layer.digest));
        assert_eq!((found.status, digest_of(&found.body)), (200, layer.digest.clone()));
    }
    assert_eq!(client.get("/v2/web/manifests/v1").status, 200);
    assert_eq!(client.get("/v2/web/tags/list").status, 200);
}

#[test]
fn a_full_disk_refuses_pushes_serves_pulls_and_recovers() {
    if is_about_one_process("a full disk") {
        return;
    }
    if env::var_os(APART).is_none() {
        return run_apart("full_disk::a_full_disk_refuses_pushes_serves_pulls_and_recovers");
    }
    let disk = match SmallDisk::mount() {
        Ok(disk) => disk,
        Err(why) => return skipped("a full disk", &why),
    };
    let mut server = Server::start_at(&disk.path());
    server.must_leave_no_uploads();
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    assert_eq!(client.put_manifest("web", "v1", &manifest_of(1, &config, &[])).status, 201);

    // An upload that is under way when the disk gets full, and one that fills it.
    let bytes = Random::new(1).bytes(8 * CHUNK_BYTES);
    let upload = client.begin_upload("web");
    assert_eq!(client.patch(&upload, &bytes[..4 * CHUNK_BYTES]).status, 202);
    let acknowledged = fill(&mut client, 1_000);
    assert!(acknowledged.len() > 10, "only {} layers found room", acknowledged.len());
    assert_all_there(&mut client, &acknowledged);
    let refused = client.patch(&upload, &bytes[4 * CHUNK_BYTES..]);
    assert_eq!((refused.status, refused.code().as_str()), (507, "UNKNOWN"), "{}", refused.text());
    let progress = client.get(&upload);
    assert_eq!(progress.header("range"), Some("0-4194303"), "acknowledged bytes are gone");

    // Another program takes the last free bytes.
    let junk = disk.path().with_file_name("junk");
    let filled = fs::write(&junk, vec![0; 64 << 20]).expect_err("the disk is smaller than this");
    assert_eq!(filled.kind(), ErrorKind::StorageFull);

    // Killed while it is full, it starts, and has all that it acknowledged.
    server.kill();
    server.start_again();
    let mut client = server.client();
    assert_all_there(&mut client, &acknowledged);
    assert_eq!(client.get(&upload).header("range"), Some("0-4194303"));

    let refused = client.post("/v2/web/blobs/uploads/", "");
    assert_eq!((refused.status, refused.code().as_str()), (507, "UNKNOWN"), "{}", refused.text());

    // Without another program, abandoned bytes make room, for the next push too.
    fs::remove_file(&junk).unwrap();
    let before = available(&mut client);
    assert_eq!(client.delete(&upload).status, 204);
    await_room(&mut client, before + 3 * CHUNK_BYTES as u64);
    let next = client.push_layer("web", &Random::new(2).bytes(2 * CHUNK_BYTES));
    let manifest = manifest_of(2, &config, &[next.clone(), acknowledged[0].clone()]);
    assert_eq!(client.put_manifest("web", "v2", &manifest).status, 201);
    assert_all_there(&mut client, &acknowledged);
    assert_all_there(&mut client, &[next]);
}
