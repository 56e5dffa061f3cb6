//! skopeo, of the containers project.

use std::path::PathBuf;

use black_box::{Invocation, Server};
use serde_json::Value;

use crate::crane::Crane;

/// skopeo, logged in.
struct Skopeo {
    folder: PathBuf,
}

impl Skopeo {
    fn new(server: &Server) -> Self {
        let skopeo = Self { folder: server.scratch("skopeo") };
        skopeo
            .skopeo(["login", "--tls-verify=false", "--username", "AWS", "--password-stdin"])
            .args([server.registry()])
            .input(server.password())
            .succeeds();
        skopeo
    }

    fn skopeo<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        Invocation::new("skopeo", &self.folder)
            .args(args)
            .env("REGISTRY_AUTH_FILE", self.folder.join("auth.json"))
    }

    /// Copies an image or an index with all it names.
    fn copy_all(&self, from: &str, to: &str) {
        self.skopeo(["copy", "--all", "--preserve-digests", "--insecure-policy"])
            .args(["--src-tls-verify=false", "--dest-tls-verify=false", from, to])
            .succeeds();
    }

    fn inspect(&self, image: &str) -> Value {
        let printed = self.skopeo(["inspect", "--tls-verify=false", image]).succeeds();
        serde_json::from_str(&printed).expect("skopeo inspect prints JSON")
    }
}

#[test]
fn skopeo_copies_an_index_around_and_no_digest_changes() {
    let server = Server::start();
    let crane = Crane::new(&server);
    let here = server.create_repository("one");
    let there = server.create_repository("two/deep/down");
    let back = server.create_repository("three");
    let digest = crane.push_index(&format!("{here}:both"), &here);

    let skopeo = Skopeo::new(&server);
    skopeo.copy_all(&format!("docker://{here}:both"), &format!("docker://{there}:both"));
    skopeo.copy_all(&format!("docker://{there}:both"), "oci:layout:both");
    skopeo.copy_all("oci:layout:both", &format!("docker://{back}:both"));

    for repository in [&there, &back] {
        let image = format!("{repository}:both");
        assert_eq!(crane.crane(["digest", &image]).succeeds(), digest, "{image}");
        crane.crane(["validate", "--remote", &image]).succeeds();
    }
}

#[test]
fn skopeo_inspects_lists_and_deletes() {
    let server = Server::start();
    let crane = Crane::new(&server);
    let repository = server.create_repository("web");
    let digest = crane.push_small(&format!("{repository}:v1"), "one");
    crane.push_small(&format!("{repository}:v2"), "two");

    let skopeo = Skopeo::new(&server);
    let inspected = skopeo.inspect(&format!("docker://{repository}:v1"));
    assert_eq!(inspected["Digest"], digest);
    assert_eq!(inspected["RepoTags"], serde_json::json!(["v1", "v2"]));

    let delete = ["delete", "--tls-verify=false"];
    skopeo.skopeo(delete).args([format!("docker://{repository}:v1")]).succeeds();
    let left = skopeo.inspect(&format!("docker://{repository}:v2"));
    assert_eq!(left["RepoTags"], serde_json::json!(["v2"]));
}
