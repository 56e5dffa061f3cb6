//! docker, containerd, podman, skopeo and crane pull what Debian's docker-registry has: each the
//! first of its images, and then another's once that registry is gone.

use std::fs;
use std::path::Path;

use black_box::{Docker, Invocation, Server, tool};
use serde_json::json;

use crate::own_registry::OwnRegistry;
use crate::{bytes, is_stored, until};

/// Pushes an image of one layer, with a file that no other has.
fn push(upstream: &OwnRegistry, folder: &Path, name: &str, seed: u64) {
    let layer = folder.join("layer.tar").display().to_string();
    fs::write(folder.join("file"), bytes(seed, 300_000)).expect("there is room");
    Invocation::new("tar", folder).args(["--create", "--file", &layer, "file"]).succeeds();
    Invocation::new(tool("crane"), folder)
        .args(["append", "--new_layer", &layer])
        .args(["--new_tag", &format!("{}/{name}:v1", upstream.host())])
        .succeeds();
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
    let Some(upstream) = OwnRegistry::start_open(test) else { return };
    let server = Server::start_with(&["--upstream-allow-private"]);
    let rule = json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": upstream.url() });
    server.call("CreatePullThroughCacheRule", &rule);
    let daemon = Docker::start(test, server.scratch("docker"));
    let daemon = daemon.map(|docker| docker.reaching(server.port()));

    let mut pullers = vec![podman(&server), skopeo(&server), crane(&server)];
    if let Some(daemon) = &daemon {
        pullers.push(docker(daemon, &server));
        pullers.push(containerd(daemon, &server));
    }
    let image = |name: &str| format!("{}/hub/team/{name}:v1", server.registry());
    let folder = server.scratch("layers");
    for (seed, puller) in (1..).zip(&pullers) {
        push(&upstream, &folder, &format!("team/{}", puller.name), seed);
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
    assert_eq!(server.client().get("/v2/hub/team/nowhere/manifests/v1").status, 503);
}
