//! Queues, topics and buses that are not ours.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use black_box::{python, root, skipped};
use serde_json::Value;
use tempfile::TempDir;

use crate::write_private;

const CREDENTIALS: &str = "[default]
aws_access_key_id = AKIAEVENTTARGETS001
aws_secret_access_key = event/targets+sign+with+this+example+00
";

/// The running services. Dropping them stops them.
pub(crate) struct Services {
    process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    url: String,
    folder: TempDir,
}

impl Services {
    /// Starts them; `None` if they were not installed.
    pub(crate) fn start(test: &str) -> Option<Self> {
        let installed = root().join(".tools/kms");
        if !installed.join("ministack").exists() {
            skipped(test, "there are no other services: run tests/install.sh");
            return None;
        }
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        write_private(&folder.path().join("credentials"), CREDENTIALS);
        let mut process = Command::new(python("python"))
            .arg(root().join("tests/events/services.py"))
            .arg(installed)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python is installed");
        let orders = process.stdin.take().expect("it is a pipe");
        let mut answers = BufReader::new(process.stdout.take().expect("it is a pipe"));
        let url = line(&mut answers);
        Some(Self { process, orders, answers, url, folder })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The file of credentials.
    pub(crate) fn credentials(&self) -> String {
        self.folder.path().join("credentials").display().to_string()
    }

    /// Has them do something, and returns what they say.
    pub(crate) fn order(&mut self, order: &Value) -> Value {
        writeln!(self.orders, "{order}").expect("they listen");
        serde_json::from_str(&line(&mut self.answers)).expect("they print JSON")
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn line(answers: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    answers.read_line(&mut line).expect("they print lines");
    line.trim_end().to_owned()
}
