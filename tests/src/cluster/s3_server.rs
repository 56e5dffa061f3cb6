//! A real S3 server, with one bucket in a folder that goes with it.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::cluster::watched::Watched;
use crate::root;

const SCRIPT: &str = include_str!("s3_server.sh");

const START_PATIENCE: Duration = Duration::from_secs(20);

/// The bucket it has.
pub const BUCKET: &str = "bucket";

/// A server that runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct S3Server {
    /// Where it listens, on this machine.
    pub port: u16,
    folder: PathBuf,
    _shell: Watched,
}

impl S3Server {
    /// Starts one, or says why there is none.
    pub fn start() -> Result<Self, String> {
        let port = free_port();
        let program = root().join(".tools/bin/versitygw").display().to_string();
        let (shell, said) = Watched::start(SCRIPT, &[&program, &port.to_string()], &[])?;
        let [folder] = &*said else { return Err(format!("it says {said:?}")) };
        let asked = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(asked.elapsed() < START_PATIENCE, "the S3 server does not start");
            thread::sleep(Duration::from_millis(10));
        }
        Ok(Self { port, folder: folder.into(), _shell: shell })
    }

    /// What a node has to know besides the endpoint.
    pub fn variables() -> [(&'static str, &'static str); 4] {
        [
            ("LONGSHORE_S3_REGION", "us-east-1"),
            ("LONGSHORE_S3_ACCESS_KEY_ID", "an-id"),
            ("LONGSHORE_S3_SECRET_ACCESS_KEY", "a-secret"),
            ("LONGSHORE_S3_ALLOW_HTTP", "true"),
        ]
    }

    /// The bucket, as a folder.
    pub fn bucket(&self) -> PathBuf {
        self.folder.join(BUCKET)
    }

    /// All files below a prefix, those of unfinished uploads among them.
    pub fn files(&self, prefix: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.bucket(), &mut found);
        found.retain(|path| path.to_string_lossy().contains(prefix));
        found.sort();
        found
    }
}

/// A port that no other process of tests asks for at this moment: the kernel gives the next who asks what was just let go, so
/// these are below those that it gives, and begin at a place of this process's own.
fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let next = process::id().wrapping_mul(7).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = 10_000 + u16::try_from(next % 20_000).expect("that is less than 20,000");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    // What goes while this looks is not there.
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}
