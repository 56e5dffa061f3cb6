//! Google's XML API, translated for a real S3 server: our side of it is seen, and Google is not.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use blobs::{BucketConfig, CloudConfig, GoogleConfig, GoogleCredential};

use crate::s3_server::walk;
use crate::servers::{patience, start_script};

/// A key as Google gives it out, of an account that needs no token.
const KEY: &str =
    r#"{"private_key":"none","private_key_id":"none","client_email":"none","disable_oauth":true}"#;

pub(crate) struct GoogleServer {
    pub(crate) port: u16,
    folder: tempfile::TempDir,
    child: Child,
}

impl GoogleServer {
    /// `None`, and says so, if what it needs is not here.
    pub(crate) fn start(test: &str) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let program = root.join(".tools/bin/versitygw");
        let has_node = Command::new("node").arg("--version").output().is_ok();
        if !program.exists() || !has_node {
            // Not `println!`, which the test harness keeps to itself when a test passes.
            let says = format!("SKIPPED: {test}: there is no versitygw or no node\n");
            std::io::stderr().write_all(says.as_bytes()).unwrap();
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("bucket")).unwrap();
        let mut serve = Command::new("node");
        serve.arg(root.join("tests/tools/google/serve.cjs")).arg(program).arg(folder.path());
        let (child, port) = start_script(&mut serve);
        Some(Self { port, folder, child })
    }

    /// All files in the bucket, those of unfinished uploads among them.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.folder.path().join("bucket"), &mut found);
        found.sort();
        found
    }
}

impl Drop for GoogleServer {
    fn drop(&mut self) {
        // Its end of input: then it ends what it started, too.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

pub(crate) fn config(port: u16, prefix: &str) -> BucketConfig {
    let google = GoogleConfig {
        credential: GoogleCredential::Key(KEY.to_owned().into()),
        endpoint: Some(format!("http://127.0.0.1:{port}")),
        allow_http: true,
    };
    BucketConfig {
        bucket: "bucket".to_owned(),
        prefix: prefix.to_owned(),
        cloud: CloudConfig::Google(google),
        patience: patience(),
    }
}
