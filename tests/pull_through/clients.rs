//! docker, containerd, podman, skopeo and crane pull what Debian's docker-registry has: each the
//! first of its images, and then another's once that registry is gone.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use black_box::{Client, Docker, Invocation, Server, tool};
use serde_json::json;
use tempfile::TempDir;

use crate::{bytes, is_stored, until};

/// The reference implementation, until the test ends.
struct DockerRegistry {
    process: Child,
    host: String,
    folder: TempDir,
}

impl Drop for DockerRegistry {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl DockerRegistry {
    fn start() -> Self {
        let folder = TempDir::with_prefix("registry-").expect("there is room");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let host = format!("localhost:{}", free.expect("a port is free").port());
        let settings = json!({
            "version": "0.1",
            "storage": { "filesystem": { "rootdirectory": folder.path().join("data") } },
            "http": { "addr": host },
        });
        let file = folder.path().join("config.yml");
        fs::write(&file, settings.to_string()).expect("there is room");
        let log = File::create(folder.path().join("log")).expect("there is room");
        let process = Command::new("docker-registry")
            .arg("serve")
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("docker-registry can be started");
        until("docker-registry serves", || std::net::TcpStream::connect(&host).is_ok());
        Self { process, host, folder }
    }

    /// Pushes an image of one layer with one file of its own.
    fn push(&self, name: &str, seed: u64) {
        let at = |what: &str| self.folder.path().join(what);
        fs::write(at("file"), bytes(seed, 300_000)).expect("there is room");
        let path = |path: PathBuf| path.display().to_string();
        Invocation::new("tar", self.folder.path())
            .args(["--create", "--file", &path(at("layer.tar")), "file"])
            .succeeds();
        Invocation::new(tool("crane"), self.folder.path())
            .args(["append", "--new_layer", &path(at("layer.tar"))])
            .args(["--new_tag", &format!("{}/{name}:v1", self.host)])
            .succeeds();
    }
}

/// A client that pulls from the server.
struct Puller<'a> {
    name: &'static str,
    pull: Box<dyn Fn(&str) -> Invocation + 'a>,
}

fn podman(server: &Server) -> Puller<'_> {
    let folder = server.scratch("podman");
    let at = |name: &str| folder.join(name).display().to_string();
    let store = [at("store"), at("run")];
    let credentials = format!("AWS:{}", server.password());
    let pull = move |image: &str| {
        Invocation::new("unshare", &folder)
            .args(["--mount", "--", "podman", "--root", &store[0], "--runroot", &store[1]])
            .args(["--storage-driver", "vfs", "--runtime", "runc", "--log-level", "error"])
            .args(["pull", "--tls-verify=false", "--creds", &credentials, image])
    };
    Puller { name: "podman", pull: Box::new(pull) }
}

fn skopeo(server: &Server) -> Puller<'_> {
    let folder = server.scratch("skopeo");
    let credentials = format!("AWS:{}", server.password());
    let pull = move |image: &str| {
        let to = format!("dir:{}", folder.join(image.replace(['/', ':'], "-")).display());
        Invocation::new("skopeo", &folder)
            .args(["--insecure-policy", "copy", "--src-tls-verify=false"])
            .args(["--src-creds", &credentials, &format!("docker://{image}"), &to])
    };
    Puller { name: "skopeo", pull: Box::new(pull) }
}

fn crane(server: &Server) -> Puller<'_> {
    let folder = server.scratch("crane");
    log_in(&folder, server);
    let pull = move |image: &str| {
        Invocation::new(tool("crane"), &folder).args(["export", image, "/dev/null"])
    };
    Puller { name: "crane", pull: Box::new(pull) }
}

fn log_in(home: &Path, server: &Server) {
    Invocation::new(tool("crane"), home)
        .args(["auth", "login", &server.registry(), "--username", "AWS", "--password-stdin"])
        .input(server.password())
        .succeeds();
}

fn docker<'a>(docker: &'a Docker, server: &'a Server) -> Puller<'a> {
    docker
        .docker(["login", "--username", "AWS", "--password-stdin", &server.registry()])
        .input(server.password())
        .succeeds();
    Puller { name: "docker", pull: Box::new(|image| docker.docker(["pull", image])) }
}

/// containerd, the one that docker's daemon has started.
fn containerd<'a>(docker: &'a Docker, server: &'a Server) -> Puller<'a> {
    let socket = docker.folder().join("exec/containerd/containerd.sock").display().to_string();
    let credentials = format!("AWS:{}", server.password());
    let pull = move |image: &str| {
        docker.inside("ctr").args(["--address", &socket, "images", "pull", "--plain-http"]).args([
            "--user",
            &credentials,
            image,
        ])
    };
    Puller { name: "containerd", pull: Box::new(pull) }
}

#[test]
fn every_client_pulls_through_a_rule() {
    let test = "every_client_pulls_through_a_rule";
    let upstream = DockerRegistry::start();
    let server = Server::start_with(&["--upstream-allow-private"]);
    let url = format!("http://{}", upstream.host);
    let rule = json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": url });
    server.call("CreatePullThroughCacheRule", &rule);
    let daemon = Docker::start(test, server.scratch("docker"));
    let daemon = daemon.map(|docker| docker.reaching(server.port()));

    let mut pullers = vec![podman(&server), skopeo(&server), crane(&server)];
    if let Some(daemon) = &daemon {
        pullers.push(docker(daemon, &server));
        pullers.push(containerd(daemon, &server));
    }
    let image = |name: &str| format!("{}/hub/team/{name}:v1", server.registry());
    for (seed, puller) in (1..).zip(&pullers) {
        upstream.push(&format!("team/{}", puller.name), seed);
        (puller.pull)(&image(puller.name)).succeeds();
        until("the image is stored", || {
            is_stored(&server, &format!("hub/team/{}", puller.name), "v1")
        });
    }

    drop(upstream);
    let others = pullers.iter().cycle().skip(1);
    for (puller, other) in pullers.iter().zip(others) {
        (puller.pull)(&image(other.name)).succeeds();
        let missing = (puller.pull)(&image("nowhere")).fails();
        let says_why = ["is unavailable", "503", "Service Unavailable"];
        assert!(says_why.iter().any(|why| missing.contains(why)), "{}: {missing}", puller.name);
    }
    let mut client: Client = server.client();
    assert_eq!(client.get("/v2/hub/team/nowhere/manifests/v1").status, 503);
}
