//! skopeo, of the containers project.

use std::fs;
use std::path::PathBuf;

use black_box::{Invocation, Server};
use serde_json::{Value, json};

use crate::crane::Crane;

const INDEX: &str = "application/vnd.oci.image.index.v1+json";

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

/// Makes the OCI layout `made` hold an index of two platforms' images, and returns the index's
/// digest.
///
/// By hand, because skopeo copies indexes but makes none, and crane writes members that an older
/// skopeo drops.
fn make_layout(skopeo: &Skopeo, crane: &Crane, repository: &str) -> String {
    let layout = skopeo.folder.join("made");
    let read = |name: &str| fs::read(layout.join(name)).expect("skopeo wrote an OCI layout");
    let write = |name: &str, value: &Value| {
        fs::write(layout.join(name), value.to_string()).expect("a scratch file is writable");
    };
    for architecture in ["amd64", "arm64"] {
        let image = format!("{repository}:{architecture}");
        crane.push_for(&image, architecture);
        skopeo.copy_all(&format!("docker://{image}"), &format!("oci:made:{architecture}"));
    }
    let mut listed: Value = serde_json::from_slice(&read("index.json")).expect("an index is JSON");
    for image in listed["manifests"].as_array_mut().expect("an index lists manifests") {
        let architecture = image["annotations"]["org.opencontainers.image.ref.name"].take();
        image["platform"] = json!({ "os": "linux", "architecture": architecture });
        image.as_object_mut().expect("a descriptor is an object").remove("annotations");
    }
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": listed["manifests"] });
    write("both", &index);
    let sum = Invocation::new("sha256sum", &layout).args(["both"]).succeeds();
    let hex = sum.split(' ').next().expect("sha256sum prints the sum first");
    write(&format!("blobs/sha256/{hex}"), &index);
    let named = json!({
        "mediaType": INDEX,
        "digest": format!("sha256:{hex}"),
        "size": index.to_string().len(),
        "annotations": { "org.opencontainers.image.ref.name": "both" },
    });
    write("index.json", &json!({ "schemaVersion": 2, "manifests": [named] }));
    format!("sha256:{hex}")
}

#[test]
fn skopeo_copies_an_index_around_and_no_digest_changes() {
    let server = Server::start();
    let crane = Crane::new(&server);
    let skopeo = Skopeo::new(&server);
    let here = server.create_repository("one");
    let there = server.create_repository("two/deep/down");
    let back = server.create_repository("three");
    let digest = make_layout(&skopeo, &crane, &here);

    skopeo.copy_all("oci:made:both", &format!("docker://{here}:both"));
    skopeo.copy_all(&format!("docker://{here}:both"), &format!("docker://{there}:both"));
    skopeo.copy_all(&format!("docker://{there}:both"), "oci:pulled:both");
    skopeo.copy_all("oci:pulled:both", &format!("docker://{back}:both"));

    for repository in [&here, &there, &back] {
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
    assert_eq!(inspected["RepoTags"], json!(["v1", "v2"]));

    let delete = ["delete", "--tls-verify=false"];
    skopeo.skopeo(delete).args([format!("docker://{repository}:v1")]).succeeds();
    let left = skopeo.inspect(&format!("docker://{repository}:v2"));
    assert_eq!(left["RepoTags"], json!(["v2"]));
}
