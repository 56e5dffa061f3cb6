//! Docker, with a daemon of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use black_box::{Invocation, Server, skipped};
use rustix::process::{Pid, Signal, kill_process};

use crate::{debian, podman::Podman};

const START_PATIENCE: Duration = Duration::from_secs(30);
const STOP_PATIENCE: Duration = Duration::from_secs(15);

/// A Docker daemon that shares nothing with one the machine may run, and the client that speaks to it.
///
/// It takes registries on `localhost` without TLS, as every Docker does.
struct Docker {
    daemon: Child,
    folder: PathBuf,
}

impl Docker {
    /// Starts a daemon in `server`'s folder, or says why it cannot and gives nothing.
    fn start(test: &str, server: &Server) -> Option<Self> {
        let folder = server.scratch("docker");
        match spawn(&folder) {
            Ok(daemon) => Self { daemon, folder }.await_daemon(test),
            Err(error) => {
                skipped(test, &format!("dockerd does not start: {error}"));
                None
            }
        }
    }

    fn await_daemon(mut self, test: &str) -> Option<Self> {
        let started = Instant::now();
        while !self.docker(["version"]).run().succeeded() {
            let ended = self.daemon.try_wait().expect("a child can be waited for");
            if ended.is_some() || started.elapsed() > START_PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                skipped(
                    test,
                    &format!("dockerd is not ready: {}", log.lines().last().unwrap_or("")),
                );
                return None;
            }
            thread::sleep(Duration::from_millis(50));
        }
        Some(self)
    }

    fn docker<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        let socket = format!("unix://{}", self.folder.join("socket").display());
        Invocation::new("docker", &self.folder).args(["--host", &socket]).args(args)
    }

    fn login(&self, server: &Server, password: &str) -> Invocation {
        self.docker(["login", "--username", "AWS", "--password-stdin", &server.registry()])
            .input(password)
    }
}

fn spawn(folder: &Path) -> std::io::Result<Child> {
    let at = |name: &str| folder.join(name).display().to_string();
    Command::new("dockerd")
        .args(["--data-root", &at("data"), "--exec-root", &at("exec"), "--pidfile", &at("pid")])
        .args(["--host", &format!("unix://{}", at("socket"))])
        .args(["--bridge=none", "--iptables=false", "--ip6tables=false", "--storage-driver=vfs"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(folder.join("log"))?)
        .spawn()
}

impl Drop for Docker {
    fn drop(&mut self) {
        if !matches!(self.daemon.try_wait(), Ok(Some(_))) {
            let _ = kill_process(Pid::from_child(&self.daemon), Signal::TERM);
        }
        let asked = Instant::now();
        while asked.elapsed() < STOP_PATIENCE {
            if matches!(self.daemon.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

#[test]
fn docker_pushes_a_debian_that_docker_and_podman_pull_and_run() {
    let test = "docker_pushes_a_debian_that_docker_and_podman_pull_and_run";
    let server = Server::start();
    let Some(docker) = Docker::start(test, &server) else { return };
    let image = server.create_repository("team/debian") + ":stable";
    docker.docker(["import", &debian::tarball().display().to_string(), &image]).succeeds();
    docker.login(&server, server.password()).succeeds();
    docker.docker(["push", &image]).succeeds();

    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &image]).succeeds();
    let printed = docker
        .docker(["run", "--rm", "--network", "none", &image, "cat", "/etc/debian_version"])
        .succeeds();
    assert_eq!(printed, debian::version(&docker.folder));

    let podman = Podman::new(&server);
    podman.log_in(&server);
    podman.podman(["pull", &image]).succeeds();
    podman.runs_debian(test, &image, &printed);
}

#[test]
fn docker_sees_the_same_digest_as_the_aws_api() {
    let test = "docker_sees_the_same_digest_as_the_aws_api";
    let server = Server::start();
    let Some(docker) = Docker::start(test, &server) else { return };
    let repository = server.create_repository("small");
    let image = format!("{repository}:v1");
    let empty = [0; 1024];
    docker.docker(["import", "-", &image]).input(empty).succeeds();
    docker.login(&server, server.password()).succeeds();
    docker.docker(["push", &image]).succeeds();

    let described = server
        .aws(["ecr", "describe-images", "--repository-name", "small"])
        .args(["--image-ids", "imageTag=v1", "--output", "text"])
        .args(["--query", "imageDetails[0].imageDigest"])
        .succeeds();
    let pushed =
        docker.docker(["inspect", "--format", "{{index .RepoDigests 0}}", &image]).succeeds();
    assert_eq!(pushed, format!("{repository}@{described}"));

    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &format!("{repository}@{described}")]).succeeds();
}

#[test]
fn docker_is_told_why_it_may_not() {
    let test = "docker_is_told_why_it_may_not";
    let server = Server::start();
    let Some(docker) = Docker::start(test, &server) else { return };
    let registry = server.registry();
    let repository = server.create_repository("web");

    let refused = docker.login(&server, "not the password").fails();
    assert!(refused.contains("401") || refused.contains("unauthorized"), "{refused}");

    docker.login(&server, server.password()).succeeds();
    let missing = docker.docker(["pull", &format!("{repository}:absent")]).fails();
    assert!(missing.contains("not found") || missing.contains("manifest unknown"), "{missing}");

    let nowhere = format!("{registry}/nowhere:v1");
    docker.docker(["import", "-", &nowhere]).input([0; 1024]).succeeds();
    let unknown = docker.docker(["push", &nowhere]).fails();
    let reason = "The repository with name 'nowhere' does not exist in the registry with id";
    assert!(unknown.contains(reason), "{unknown}");
}
