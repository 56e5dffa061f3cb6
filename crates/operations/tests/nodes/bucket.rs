//! A real S3 server in a process and a folder of its own.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use blobs::{BucketConfig, BucketStore, CloudConfig, Patience, S3Config, ServerSideEncryption};
use tokio::runtime::Handle;

#[derive(Debug)]
pub(crate) struct Bucket {
    folder: tempfile::TempDir,
    port: u16,
    child: Child,
}

impl Bucket {
    /// `None`, and says so, if there is no such server here.
    pub(crate) fn start() -> Option<Self> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/bin/versitygw");
        if !program.exists() {
            // Not `println!`, which the test harness keeps to itself when a test passes.
            let says =
                "SKIPPED: nodes over a bucket: there is no versitygw; tests/install.sh builds it\n";
            std::io::stderr().write_all(says.as_bytes()).unwrap();
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("bucket")).unwrap();
        // Whoever else takes the port in between makes the test fail, not lie.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(program)
            .args(["--access", "an-id", "--secret", "a-secret", "--keep-alive", "--quiet"])
            .args(["--port", &format!("127.0.0.1:{port}"), "posix"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let bucket = Self { folder, port, child };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "the S3 server does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(bucket)
    }

    /// What a node has of it.
    pub(crate) fn store(&self) -> BucketStore {
        let s3 = S3Config {
            endpoint: Some(format!("http://127.0.0.1:{}", self.port)),
            region: "us-east-1".to_owned(),
            access_key_id: "an-id".to_owned(),
            secret_access_key: "a-secret".to_owned().into(),
            allow_http: true,
            sse: ServerSideEncryption::None,
        };
        let config = BucketConfig {
            bucket: "bucket".to_owned(),
            prefix: "nodes".to_owned(),
            cloud: CloudConfig::S3(s3),
            patience: Patience::default(),
        };
        BucketStore::new(&config, Handle::current()).unwrap()
    }

    /// All files in the bucket, those of unfinished uploads among them.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.folder.path().join("bucket"), &mut found);
        found
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}
