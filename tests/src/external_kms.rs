//! A key management service that is not ours, with its own keys.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use stand_ins::skipped;
use tempfile::TempDir;

use crate::workspace::{python, root};

/// The access key that it knows.
pub const CREDENTIALS: &str = "[default]
aws_access_key_id = AKIAEXTERNALKMS0001
aws_secret_access_key = external/kms+sign+with+this+example+0000
";

/// How its keys' ARNs begin.
pub const PREFIX: &str = "arn:aws:kms:us-east-1:000000000000:";

/// The running service. Dropping it stops it.
pub struct ExternalKms {
    process: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    url: String,
    folder: TempDir,
}

impl ExternalKms {
    /// Starts it; `None` if it was not installed.
    pub fn start(test: &str) -> Option<Self> {
        let installed = root().join(".tools/kms");
        if !installed.join("ministack").exists() {
            skipped(test, "there is no other KMS: run tests/install.sh");
            return None;
        }
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
        let made = made.expect("a name can be certified");
        let write = |name: &str, text: String| {
            let (path, mut options) = (folder.path().join(name), fs::OpenOptions::new());
            let file = options.write(true).create_new(true).mode(0o600).open(&path);
            file.and_then(|mut file| file.write_all(text.as_bytes())).expect("there is room");
            path
        };
        let (chain, key) = (
            write("chain.pem", made.cert.pem()),
            write("key.pem", made.signing_key.serialize_pem()),
        );
        write("credentials", CREDENTIALS.to_owned());
        let mut process = Command::new(python("python"))
            .arg(root().join("tests/running/external_kms/kms.py"))
            .args([installed, chain, key])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python is installed");
        let orders = process.stdin.take();
        let mut answers = BufReader::new(process.stdout.take().expect("it is a pipe"));
        let url = line(&mut answers);
        Some(Self { process, orders, answers, url, folder })
    }

    /// The arguments by which a server uses it.
    pub fn arguments(&self) -> Vec<String> {
        let file = |name: &str| self.folder.path().join(name).display().to_string();
        [
            ("--external-kms", format!("{PREFIX}={}", self.url)),
            ("--external-kms-credentials", file("credentials")),
            ("--external-kms-ca", file("chain.pem")),
        ]
        .into_iter()
        .flat_map(|(flag, value)| [flag.to_owned(), value])
        .collect()
    }

    /// The file with the credentials that a server signs with.
    pub fn credentials(&self) -> PathBuf {
        self.folder.path().join("credentials")
    }

    /// Calls it as its administrator.
    pub fn call(&mut self, operation: &str, input: &Value) -> Value {
        self.order(&json!({ "call": operation, "input": input }))
    }

    /// A new key's ARN.
    pub fn key(&mut self) -> String {
        let made = self.call("CreateKey", &json!({}));
        made["KeyMetadata"]["Arn"].as_str().expect("a key has an ARN").to_owned()
    }

    /// How it treats calls from now on.
    pub fn mood(&mut self, mood: &str) {
        self.order(&json!({ "mood": mood }));
    }

    /// How often an operation was called.
    pub fn calls(&mut self, operation: &str) -> u64 {
        self.order(&json!({ "calls": true }))[operation].as_u64().unwrap_or_default()
    }

    /// What no one else may say: its secret access key, and the data keys that it handed out.
    pub fn secrets(&mut self) -> Vec<String> {
        let secrets = self.order(&json!({ "secrets": true }));
        serde_json::from_value(secrets).expect("they are texts")
    }

    fn order(&mut self, order: &Value) -> Value {
        let pipe = self.orders.as_mut().expect("it is there until the drop");
        writeln!(pipe, "{order}").and_then(|()| pipe.flush()).expect("it reads");
        serde_json::from_str(&line(&mut self.answers)).expect("it answers JSON")
    }
}

fn line(pipe: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    pipe.read_line(&mut line).expect("it writes text");
    assert!(line.ends_with('\n'), "it ended: {line:?}");
    line.trim_end().to_owned()
}

impl Drop for ExternalKms {
    fn drop(&mut self) {
        // The end of its input is its own end.
        drop(self.orders.take());
        let _ = self.process.wait();
    }
}
