//! oras: artifacts, and their referrers.

use std::path::PathBuf;

use black_box::{Invocation, Server, tool};
use serde_json::Value;

/// oras, logged in.
pub(crate) struct Oras {
    folder: PathBuf,
}

impl Oras {
    pub(crate) fn new(server: &Server) -> Self {
        let oras = Self { folder: server.scratch("oras") };
        oras.oras(["login", "--plain-http", "--username", "AWS", "--password-stdin"])
            .args([server.registry()])
            .input(server.password())
            .succeeds();
        oras
    }

    pub(crate) fn oras<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        Invocation::new(tool("oras"), &self.folder).args(args)
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        std::fs::write(self.folder.join(name), content).expect("a scratch file is writable");
    }

    fn attach(&self, subject: &str, artifact_type: &str, file: &str) {
        self.write(file, artifact_type);
        self.oras(["attach", "--plain-http", "--artifact-type", artifact_type])
            .args([subject, &format!("{file}:text/plain")])
            .succeeds();
    }

    /// The digests and types of what is attached to an image, in the order of their types.
    fn attached(&self, subject: &str, more: &[&str]) -> Vec<(String, String)> {
        let printed = self
            .oras(["discover", "--plain-http", "--format", "json"])
            .args(more)
            .args([subject])
            .succeeds();
        let printed: Value = serde_json::from_str(&printed).expect("oras discover prints JSON");
        let listed = printed["manifests"].as_array().expect("a list of referrers").iter();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let mut listed: Vec<_> = listed
            .map(|referrer| (text(&referrer["artifactType"]), text(&referrer["digest"])))
            .collect();
        listed.sort();
        listed
    }
}

#[test]
fn oras_finds_and_copies_what_it_attached() {
    let server = Server::start();
    let oras = Oras::new(&server);
    let here = server.create_repository("artifacts") + ":v1";
    let there = server.create_repository("mirror") + ":v1";
    oras.write("report.txt", "a report");
    oras.oras(["push", "--plain-http", "--artifact-type", "application/vnd.example.report"])
        .args([&here, "report.txt:text/plain"])
        .succeeds();
    oras.attach(&here, "application/vnd.example.signature", "signature.txt");
    oras.attach(&here, "application/vnd.example.sbom", "sbom.txt");

    let attached = oras.attached(&here, &[]);
    let types: Vec<_> = attached.iter().map(|(artifact_type, _)| artifact_type.as_str()).collect();
    assert_eq!(types, ["application/vnd.example.sbom", "application/vnd.example.signature"]);
    let only = oras.attached(&here, &["--artifact-type", "application/vnd.example.sbom"]);
    assert_eq!(only, attached[..1]);

    oras.oras(["copy", "--recursive", "--from-plain-http", "--to-plain-http", &here, &there])
        .succeeds();
    assert_eq!(oras.attached(&there, &[]), attached);

    oras.oras(["pull", "--plain-http", "--output", "pulled", &there]).succeeds();
    let pulled = std::fs::read_to_string(oras.folder.join("pulled/report.txt"));
    assert_eq!(pulled.expect("oras pulled the file"), "a report");
}
