//! The oracle's process: `node`, running `tests/tools/node/decide.cjs`.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

use black_box::root;
use serde::Deserialize;
use serde_json::Value;

/// What the oracle says.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) decision: Option<String>,
    #[serde(default)]
    pub(crate) ignored: Vec<String>,
    pub(crate) error: Option<String>,
}

/// Why the oracle cannot be asked here, if it cannot.
pub(crate) fn absence() -> Option<String> {
    let package = root().join(".tools/node/node_modules/@cloud-copilot/iam-simulate");
    if !package.exists() {
        return Some(format!("{} is not there: run tests/install.sh", package.display()));
    }
    match Command::new("node").arg("--version").output() {
        Ok(said) if said.status.success() => None,
        Ok(said) => Some(format!("node --version: {}", said.status)),
        Err(error) => Some(format!("node: {error}")),
    }
}

/// The answers to all the questions, in order.
pub(crate) fn answers(questions: &[Value]) -> Vec<Answer> {
    let mut node = Command::new("node")
        .arg(root().join("tests/tools/node/decide.cjs"))
        .arg(root().join(".tools/node"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = node.stdin.take().expect("asked for above");
    let mut lines = String::new();
    for question in questions {
        lines.push_str(&question.to_string());
        lines.push('\n');
    }
    // Beside the reading: neither pipe holds all of it.
    let writing = thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let said = node.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(said.status.success(), "the oracle ended: {}", said.status);
    let said = String::from_utf8(said.stdout).unwrap();
    let answers: Vec<Answer> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), questions.len(), "an answer a question");
    answers
}

impl Answer {
    /// The decision, in the engine's words.
    pub(crate) fn verdict(&self) -> &'static str {
        match self.decision.as_deref() {
            Some("Allowed") => "allowed",
            Some("ExplicitlyDenied") => "explicitDeny",
            Some("ImplicitlyDenied") => "implicitDeny",
            _ => "error",
        }
    }
}
