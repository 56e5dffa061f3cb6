//! The image: built by both of docker's builders, and run as strictly as possible.

use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use black_box::{
    AccessKey, Client, Connection, Docker, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Random, authorization,
    call, digest_of, skipped,
};
use serde_json::{Value, json};
use stand_ins::free_port;
use tempfile::TempDir;

use crate::bases::{self, Builder, IMAGE};

/// Everything that is not needed, taken away.
const STRICTLY: [&str; 7] = [
    "--read-only",
    "--user=65532",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--network=host",
    "--health-interval=1s",
    "--env=LONGSHORE_ENCRYPTION=longshore",
];

const PATIENCE: Duration = Duration::from_mins(1);

/// More than sockets buffer, so that a reader's pace is the server's pace.
const LAYER_BYTES: usize = 24 << 20;

fn start_docker(test: &str, folder: &TempDir) -> Option<Docker> {
    let docker = Docker::start(test, folder.path().to_owned())?;
    bases::make(&docker);
    Some(docker)
}

/// A container of the image, which listens on a port of the daemon's network.
struct Container<'a> {
    docker: &'a Docker,
    address: String,
}

impl<'a> Container<'a> {
    fn run(docker: &'a Docker) -> Self {
        let address = format!("127.0.0.1:{}", free_port());
        let variables = [
            format!("LONGSHORE_LISTEN={address}"),
            format!("LONGSHORE_ROOT_ACCESS_KEY_ID={ROOT_ACCESS_KEY}"),
            format!("LONGSHORE_ROOT_SECRET_ACCESS_KEY={ROOT_SECRET_KEY}"),
        ];
        docker
            .docker(["run", "--detach", "--name", "node", "--volume", "layers:/data"])
            .args(STRICTLY)
            .args(variables.iter().flat_map(|variable| ["--env", variable]))
            .args([IMAGE])
            .succeeds();
        Self { docker, address }
    }

    fn inspect(&self, template: &str) -> String {
        self.docker.docker(["inspect", "--format", template, "node"]).succeeds()
    }

    fn await_healthy(&self) {
        let started = Instant::now();
        while self.inspect("{{.State.Health.Status}}") != "healthy" {
            let said = self.docker.docker(["logs", "node"]).run();
            let checks = self.inspect("{{json .State.Health}}");
            assert!(started.elapsed() < PATIENCE, "it is not healthy: {checks}\n{said}");
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn registry(&self) -> String {
        self.address.replace("127.0.0.1", "localhost")
    }

    fn call(&self, operation: &str, input: &Value) -> Value {
        let answer = call(&self.address, &AccessKey::root(), operation, input);
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
        answer.json()
    }

    /// As `aws ecr get-login-password` gets it.
    fn password(&self) -> String {
        let answer = self.call("GetAuthorizationToken", &json!({}));
        let token = answer["authorizationData"][0]["authorizationToken"].as_str().unwrap();
        let pair = String::from_utf8(BASE64_STANDARD.decode(token).unwrap()).unwrap();
        pair.strip_prefix("AWS:").expect("the user is AWS").to_owned()
    }
}

#[test]
fn the_image_runs_with_nothing_but_its_volume_and_ends_a_pull_before_it_ends() {
    let test = "the_image_runs_with_nothing_but_its_volume_and_ends_a_pull_before_it_ends";
    let folder = TempDir::with_prefix("longshore-").unwrap();
    let Some(docker) = start_docker(test, &folder) else { return };
    bases::build(&docker, Builder::Legacy, IMAGE);
    assert_what_the_image_says(&docker);
    // The container listens where the daemon is.
    docker.network().inside(|| runs_and_ends_well(&docker));
}

fn runs_and_ends_well(docker: &Docker) {
    let container = Container::run(docker);
    container.await_healthy();
    let password = container.password();
    push_and_pull(docker, &container, &password);
    stop_during_a_pull(&container, &password);

    // What was pushed is in the volume, and nowhere else.
    docker.docker(["rm", "node"]).succeeds();
    let again = Container::run(docker);
    again.await_healthy();
    let images = again.call("DescribeImages", &json!({ "repositoryName": "team/debian" }));
    assert_eq!(images["imageDetails"][0]["imageTags"][0], "v1");
    docker.docker(["stop", "node"]).succeeds();
}

fn assert_what_the_image_says(docker: &Docker) {
    let said = docker.docker(["inspect", "--format", "{{json .Config}}", IMAGE]).succeeds();
    let config: Value = serde_json::from_str(&said).unwrap();
    #[rustfmt::skip]
    let cases = [
        ("/User",        json!("65532:65532"),            "a number: Kubernetes must see that it is not root"),
        ("/StopSignal",  json!("SIGTERM"),                "what the drain waits for"),
        ("/Entrypoint",  json!(["longshore"]),            "the commands are words after it"),
        ("/Cmd",         json!(["serve"]),                "and this is the usual one"),
        ("/Healthcheck/Test", json!(["CMD", "longshore", "health"]), "without a shell"),
        ("/ExposedPorts", json!({ "5050/tcp": {} }),      "one port"),
        ("/Volumes",     json!(null),                     "a node of a cluster has none"),
        ("/Labels/org.opencontainers.image.version", json!(env!("CARGO_PKG_VERSION")), "the workspace's"),
        ("/Labels/org.opencontainers.image.revision", json!("under-test"), "as the build was told"),
        ("/Labels/org.opencontainers.image.licenses", json!("Apache-2.0"), "the workspace's"),
    ];
    for (pointer, expected, because) in cases {
        let value = config.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(value, expected, "{pointer}: {because}");
    }
    // Nothing is published, but every container of the same network reaches it.
    let environment = config["Env"].to_string();
    assert!(environment.contains("LONGSHORE_LISTEN=0.0.0.0:5050"), "{environment}");
    let no_shell = docker
        .docker(["run", "--rm", "--network=none", "--entrypoint=/bin/sh", IMAGE, "-c", "true"])
        .fails();
    assert!(no_shell.contains("no such file"), "{no_shell}");
    let no_volume = docker
        .docker(["run", "--rm", "--network=none", "--read-only", "--cap-drop=ALL", IMAGE])
        .fails();
    assert!(no_volume.contains("cannot open the data folder /data"), "{no_volume}");
}

fn push_and_pull(docker: &Docker, container: &Container<'_>, password: &str) {
    container.call("CreateRepository", &json!({ "repositoryName": "team/debian" }));
    let registry = container.registry();
    let image = format!("{registry}/team/debian:v1");
    docker
        .docker(["login", "--username", "AWS", "--password-stdin", &registry])
        .input(password)
        .succeeds();
    let tarball = bases::debian_tarball().display().to_string();
    docker.docker(["import", &tarball, &image]).succeeds();
    docker.docker(["push", &image]).succeeds();
    let pushed = docker.docker(["inspect", "--format", "{{.Id}}", &image]).succeeds();
    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &image]).succeeds();
    let pulled = docker.docker(["inspect", "--format", "{{.Id}}", &image]).succeeds();
    assert_eq!(pulled, pushed);
}

/// `docker stop` while a layer is being read: the layer comes whole, and the process ends well.
fn stop_during_a_pull(container: &Container<'_>, password: &str) {
    let bytes = Random::new(1).bytes(LAYER_BYTES);
    let layer = Client::logged_in(&container.address, password).push_layer("team/debian", &bytes);
    let mut pull = Connection::open(&container.address).unwrap();
    let words = authorization(password);
    let head = format!(
        "GET /v2/team/debian/blobs/{} HTTP/1.1\r\nhost: x\r\nauthorization: {words}\r\n\r\n",
        layer.digest
    );
    pull.send_bytes(head.as_bytes()).unwrap();
    assert_eq!(pull.head().unwrap().0, 200);
    let mut read = pull.read_some(1 << 10).unwrap();

    let stop = container.docker.docker(["stop", "--time", "60", "node"]);
    let stopping = thread::spawn(move || stop.succeeds());
    while Connection::open(&container.address).is_ok() {
        assert!(!stopping.is_finished(), "it ended while a pull was under way");
        thread::sleep(Duration::from_millis(20));
    }
    while read.len() < bytes.len() {
        let some = pull.read_some(64 << 10).expect("the pull goes on");
        assert!(!some.is_empty(), "the pull was cut after {} bytes", read.len());
        read.extend(some);
    }
    assert_eq!(digest_of(&read), digest_of(&bytes));
    stopping.join().unwrap();
    assert_eq!(container.inspect("{{.State.ExitCode}} {{.State.OOMKilled}}"), "0 false");
}

#[test]
fn buildkit_builds_the_image_as_well() {
    let test = "buildkit_builds_the_image_as_well";
    let folder = TempDir::with_prefix("longshore-").unwrap();
    let Some(docker) = start_docker(test, &folder) else { return };
    let version =
        docker.docker_of("/usr/bin/docker", ["version"]).env("DOCKER_BUILDKIT", "1").run();
    if !version.succeeded() {
        return skipped(test, "there is no docker client that has a way to BuildKit built in");
    }
    bases::build(&docker, Builder::BuildKit, IMAGE);
    let said = docker
        .docker([
            "run",
            "--rm",
            "--network=none",
            "--read-only",
            "--cap-drop=ALL",
            IMAGE,
            "--version",
        ])
        .succeeds();
    assert_eq!(said, format!("longshore {}", env!("CARGO_PKG_VERSION")));
}
