//! A real S3 server in a process and a folder of its own.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use blobs::{BucketConfig, BucketStore, CloudConfig, S3Config, ServerSideEncryption};
use tokio::runtime::Handle;

use crate::servers::patience;

pub(crate) struct S3Server {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) port: u16,
    program: PathBuf,
    child: Child,
}

impl S3Server {
    /// `None`, and says so, if there is no such server here.
    pub(crate) fn start(test: &str) -> Option<Self> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/bin/versitygw");
        if !program.exists() {
            // Not `println!`, which the test harness keeps to itself when a test passes.
            let says =
                format!("SKIPPED: {test}: there is no versitygw; tests/install.sh builds it\n");
            std::io::stderr().write_all(says.as_bytes()).unwrap();
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("bucket")).unwrap();
        // Whoever else takes the port in between makes the test fail, not lie.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = run(&program, folder.path(), port);
        let server = Self { folder, port, program, child };
        server.wait_until_it_answers();
        Some(server)
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn start_again(&mut self) {
        self.child = run(&self.program, self.folder.path(), self.port);
        self.wait_until_it_answers();
    }

    fn wait_until_it_answers(&self) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "the S3 server does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What a node would have that uses this server, at `port`, which may be a proxy's.
    pub(crate) fn node_at(&self, port: u16, prefix: &str) -> BucketStore {
        assert!(self.folder.path().exists());
        BucketStore::new(&config(port, prefix), Handle::current()).unwrap()
    }

    pub(crate) fn node(&self, prefix: &str) -> BucketStore {
        self.node_at(self.port, prefix)
    }

    /// All files in the bucket, those of unfinished uploads among them.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.folder.path().join("bucket"), &mut found);
        found.sort();
        found
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn config(port: u16, prefix: &str) -> BucketConfig {
    let s3 = S3Config {
        endpoint: Some(format!("http://127.0.0.1:{port}")),
        region: "us-east-1".to_owned(),
        access_key_id: "an-id".to_owned(),
        secret_access_key: "a-secret".to_owned().into(),
        allow_http: true,
        sse: ServerSideEncryption::None,
    };
    BucketConfig {
        bucket: "bucket".to_owned(),
        prefix: prefix.to_owned(),
        cloud: CloudConfig::S3(s3),
        patience: patience(),
    }
}

fn run(program: &Path, folder: &Path, port: u16) -> Child {
    Command::new(program)
        .args(["--access", "an-id", "--secret", "a-secret", "--keep-alive", "--quiet"])
        .args(["--port", &format!("127.0.0.1:{port}"), "posix"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

pub(crate) fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}
