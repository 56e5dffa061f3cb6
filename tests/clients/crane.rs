//! crane, of go-containerregistry.

use std::path::PathBuf;

use black_box::{Invocation, Server, tool};

/// crane, logged in.
pub(crate) struct Crane {
    folder: PathBuf,
}

impl Crane {
    pub(crate) fn new(server: &Server) -> Self {
        let crane = Self { folder: server.scratch("crane") };
        crane
            .crane(["auth", "login", &server.registry(), "--username", "AWS", "--password-stdin"])
            .input(server.password())
            .succeeds();
        crane
    }

    pub(crate) fn crane<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        Invocation::new(tool("crane"), &self.folder).args(args)
    }

    /// Pushes an image of one small layer, which no other content has, and returns its digest.
    pub(crate) fn push_small(&self, image: &str, content: &str) -> String {
        let layer = self.folder.join("layer.tar");
        std::fs::write(self.folder.join("content"), content).expect("a scratch file is writable");
        Invocation::new("tar", &self.folder).args(["-cf", "layer.tar", "content"]).succeeds();
        let layer = layer.display().to_string();
        self.crane(["append", "--oci-empty-base", "--new_layer", &layer, "--new_tag", image])
            .succeeds();
        self.crane(["digest", image]).succeeds()
    }

    /// Pushes a Linux image for an architecture.
    pub(crate) fn push_for(&self, image: &str, architecture: &str) {
        self.push_small(image, architecture);
        let platform = format!("linux/{architecture}");
        self.crane(["mutate", image, "--set-platform", &platform, "--tag", image]).succeeds();
    }

    /// Pushes an index of an image for amd64 and one for arm64, and returns its digest.
    fn push_index(&self, index: &str, repository: &str) -> String {
        let platforms = ["amd64", "arm64"].map(|architecture| {
            let image = format!("{repository}:{architecture}");
            self.push_for(&image, architecture);
            image
        });
        let [amd64, arm64] = &platforms;
        self.crane(["index", "append", "--manifest", amd64, "--manifest", arm64, "--tag", index])
            .succeeds();
        self.crane(["digest", index]).succeeds()
    }
}

#[test]
fn crane_reads_back_what_it_pushed() {
    let server = Server::start();
    let crane = Crane::new(&server);
    let repository = server.create_repository("tools/hello");
    let image = format!("{repository}:v1");
    let digest = crane.push_small(&image, "hello");

    crane.crane(["validate", "--remote", &image]).succeeds();
    crane.crane(["tag", &image, "latest"]).succeeds();
    let mut tags: Vec<String> =
        crane.crane(["ls", &repository]).succeeds().lines().map(str::to_owned).collect();
    tags.sort();
    assert_eq!(tags, ["latest", "v1"]);
    assert_eq!(crane.crane(["digest", &format!("{repository}:latest")]).succeeds(), digest);

    let by_digest = format!("{repository}@{digest}");
    let manifest = crane.crane(["manifest", &by_digest]).succeeds();
    assert_eq!(crane.crane(["manifest", &image]).succeeds(), manifest);
    let exported = crane.crane(["export", &image, "-"]).succeeds();
    assert!(exported.contains("hello"), "the layer does not hold what was put into it");
}

#[test]
fn crane_copies_between_repositories_and_deletes() {
    let server = Server::start();
    let crane = Crane::new(&server);
    let here = server.create_repository("here");
    let there = server.create_repository("there");
    let digest = crane.push_index(&format!("{here}:both"), &here);

    crane.crane(["copy", &format!("{here}:both"), &format!("{there}:both")]).succeeds();
    assert_eq!(crane.crane(["digest", &format!("{there}:both")]).succeeds(), digest);
    crane.crane(["validate", "--remote", &format!("{there}:both")]).succeeds();

    crane.crane(["delete", &format!("{there}@{digest}")]).succeeds();
    let gone = crane.crane(["manifest", &format!("{there}:both")]).fails();
    assert!(gone.contains("MANIFEST_UNKNOWN"), "{gone}");
    crane.crane(["validate", "--remote", &format!("{here}:both")]).succeeds();
}
