//! The test's own OpenID Connect issuer, like that of a cluster.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use black_box::{python, root};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A running issuer. Dropping it stops it.
pub(crate) struct Issuer {
    process: Child,
    claims: Option<ChildStdin>,
    tokens: BufReader<ChildStdout>,
    url: String,
    folder: TempDir,
}

impl Issuer {
    pub(crate) fn start() -> Self {
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        let at = |name: &str| folder.path().join(name);
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
        let made = made.expect("a name can be certified");
        let write = |path: &Path, pem: String| fs::write(path, pem).expect("it is writable");
        write(&at("chain.pem"), made.cert.pem());
        write(&at("key.pem"), made.signing_key.serialize_pem());
        let mut process = Command::new(python("python"))
            .arg(root().join("tests/credentials/issuer.py"))
            .args([at("chain.pem"), at("key.pem")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python is installed");
        let claims = process.stdin.take();
        let mut tokens = BufReader::new(process.stdout.take().expect("it is a pipe"));
        let url = line(&mut tokens);
        Self { process, claims, tokens, url, folder }
    }

    /// `https://localhost:PORT`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The issuer as ARNs and condition keys spell it.
    pub(crate) fn name(&self) -> &str {
        self.url.trim_start_matches("https://")
    }

    /// The authority that vouches for it.
    pub(crate) fn ca(&self) -> PathBuf {
        self.folder.path().join("chain.pem")
    }

    /// A token for a subject, good for ten minutes.
    pub(crate) fn token(&mut self, subject: &str) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("1970 is over").as_secs();
        let claims: Value = json!({
            "sub": subject, "aud": ["sts.amazonaws.com"], "iat": now, "nbf": now, "exp": now + 600,
        });
        let pipe = self.claims.as_mut().expect("it is there until the drop");
        writeln!(pipe, "{claims}").and_then(|()| pipe.flush()).expect("the issuer reads");
        line(&mut self.tokens)
    }
}

fn line(pipe: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    pipe.read_line(&mut line).expect("the issuer writes text");
    assert!(line.ends_with('\n'), "the issuer ended: {line:?}");
    line.trim_end().to_owned()
}

impl Drop for Issuer {
    fn drop(&mut self) {
        // The end of its input is its own end.
        drop(self.claims.take());
        let _ = self.process.wait();
    }
}
