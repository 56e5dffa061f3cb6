//! The compose file: refused without secrets, read by docker compose, and started with a stand-in
//! for each third-party image.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use black_box::{
    Docker, Invocation, Process, REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, longshore, python, root,
    tool,
};
use serde_json::Value;
use tempfile::TempDir;

use crate::bases::{self, Builder, IMAGE};
use crate::stand_ins;

/// What a `.env` must have, and values that would do.
const SECRETS: [(&str, &str); 5] = [
    ("POSTGRES_PASSWORD", "0123456789abcdef0123456789abcdef"),
    ("S3_SECRET_ACCESS_KEY", "fedcba9876543210fedcba9876543210"),
    (
        "LONGSHORE_KEYRING_SECRET",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
    ),
    ("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY),
    ("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY),
];

/// The images of the file, as they are called here.
const IMAGES: [(&str, &str); 4] = [
    ("LONGSHORE_IMAGE", IMAGE),
    ("POSTGRES_IMAGE", stand_ins::POSTGRES),
    ("S3_IMAGE", stand_ins::S3),
    ("CADDY_IMAGE", stand_ins::CADDY),
];

/// A `.env` and what reads it.
struct Project(TempDir);

impl Project {
    fn new(variables: &[(&str, &str)]) -> Self {
        let folder = TempDir::with_prefix("longshore-").unwrap();
        let lines: Vec<String> =
            variables.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        fs::write(folder.path().join("env"), lines.concat()).unwrap();
        Self(folder)
    }

    fn compose<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.compose_with(&["compose.yaml"], args)
    }

    fn compose_with<'a>(
        &self,
        files: &[&str],
        args: impl IntoIterator<Item = &'a str>,
    ) -> Invocation {
        let files = files.iter().flat_map(|file| ["--file".into(), root().join(file)]);
        Invocation::new(tool("docker-compose"), self.0.path())
            .args(["--project-directory".as_ref(), root().as_os_str()])
            .args(["--env-file".into(), self.0.path().join("env")])
            .args(files)
            .args(args)
    }

    fn config(&self, files: &[&str]) -> Value {
        let said = self.compose_with(files, ["config", "--format", "json"]).succeeds();
        serde_json::from_str(&said).unwrap()
    }
}

#[test]
fn every_secret_is_asked_for_and_none_is_in_the_repository() {
    let example = fs::read_to_string(root().join(".env.example")).unwrap();
    for (missing, _) in SECRETS {
        let others: Vec<_> = SECRETS.into_iter().filter(|(name, _)| *name != missing).collect();
        let said = Project::new(&others).compose(["config"]).fails();
        let wanted = format!("{missing} is missing a value: is missing, see .env.example");
        assert!(said.contains(&wanted), "{said}");
        assert!(example.lines().any(|line| line == format!("{missing}=")), "{missing}: {example}");
    }
    let ignored = Invocation::new("git", root())
        .args(["-c", "safe.directory=*", "check-ignore", "--quiet", ".env"])
        .run();
    assert!(ignored.succeeded(), ".env is not ignored");
}

#[test]
fn the_nodes_are_confined_and_only_the_balancer_is_published() {
    let config = Project::new(&SECRETS).config(&["compose.yaml"]);
    let services = config["services"].as_object().unwrap();
    let nodes = services.iter().filter(|(name, _)| name.starts_with("node-"));
    assert_eq!(nodes.clone().count(), 3);
    for (name, node) in nodes {
        assert_eq!(node["read_only"], true, "{name}");
        assert_eq!(node["cap_drop"][0], "ALL", "{name}");
        assert_eq!(node["security_opt"][0], "no-new-privileges:true", "{name}");
        assert!(node["volumes"].is_null(), "{name} keeps something");
        let seconds = |variable: &str| -> u64 {
            node["environment"][variable].as_str().unwrap().parse().unwrap()
        };
        let ends = seconds("LONGSHORE_DRAIN_DELAY_SECONDS") + seconds("LONGSHORE_DRAIN_SECONDS");
        assert_eq!(node["stop_grace_period"], format!("1m{}s", ends + 10 - 60), "{name}");
    }
    for (name, service) in services {
        let is_published = !service["ports"].is_null();
        assert_eq!(is_published, name == "balancer", "{name}");
    }
    assert_eq!(services["balancer"]["ports"][0]["host_ip"], "127.0.0.1");
}

#[test]
fn a_name_and_a_certificate_are_two_lines_more() {
    let files = ["compose.yaml", "deploy/compose/tls.yaml"];
    let refused = Project::new(&SECRETS).compose_with(&files, ["config"]).fails();
    assert!(refused.contains("must be the name that clients use"), "{refused}");
    let mut variables = SECRETS.to_vec();
    variables.push(("LONGSHORE_SITE", "registry.example.com"));
    variables.push(("LONGSHORE_DOMAIN", "example.com"));
    let config = Project::new(&variables).config(&files);
    let balancer = &config["services"]["balancer"];
    let ports: Vec<&Value> =
        balancer["ports"].as_array().unwrap().iter().map(|port| &port["published"]).collect();
    assert_eq!(ports, ["80", "443", "443"]);
    assert_eq!(balancer["environment"]["LONGSHORE_SITE"], "registry.example.com");
    assert_eq!(config["services"]["node-1"]["environment"]["LONGSHORE_DOMAIN"], "example.com");
}

#[test]
fn the_binary_knows_every_variable_of_the_nodes() {
    let project = Project::new(&SECRETS);
    let config = project.config(&["compose.yaml"]);
    let environment = config["services"]["node-1"]["environment"].as_object().unwrap();
    let help = Invocation::new(longshore(), project.0.path()).args(["serve", "--help"]).succeeds();
    let unknown: Vec<&String> = environment.keys().filter(|name| !help.contains(*name)).collect();
    assert!(unknown.is_empty(), "serve --help does not know {unknown:?}");
}

#[test]
fn the_balancer_takes_its_file() {
    let home = TempDir::with_prefix("longshore-").unwrap();
    for site in ["http://:5050", "registry.example.com"] {
        Invocation::new(tool("caddy"), home.path())
            .args(["adapt", "--validate", "--adapter", "caddyfile", "--config"])
            .args([root().join("deploy/compose/Caddyfile")])
            .env("LONGSHORE_SITE", site)
            .succeeds();
    }
}

/// All services, brought up as an operator does.
struct Running {
    docker: Docker,
    project: Project,
}

impl Running {
    fn start(test: &str) -> Option<Self> {
        let project = Project::new(&[&SECRETS[..], &IMAGES].concat());
        let folder = project.0.path().join("docker");
        fs::create_dir(&folder).unwrap();
        let docker = Docker::start_with_networks(test, folder)?;
        bases::make(&docker);
        bases::build(&docker, Builder::Legacy, IMAGE);
        stand_ins::make(&docker);
        let running = Self { docker, project };
        running.compose(["up", "--detach", "--wait", "--quiet-pull"]).succeeds();
        Some(running)
    }

    fn compose<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.project.compose(args).env("DOCKER_HOST", self.docker.host())
    }

    /// A client on the machine whose port 5050 is published.
    fn client(&self, program: &str) -> Invocation {
        self.docker
            .inside(program)
            .env("AWS_ENDPOINT_URL", "http://localhost:5050")
            .env("AWS_DEFAULT_REGION", REGION)
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_PAGER", "")
    }

    fn aws<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> String {
        self.client(&python("aws").display().to_string()).args(args).succeeds()
    }

    fn crane<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.client(&tool("crane").display().to_string()).args(args)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if thread::panicking() {
            let logs = self.compose(["logs", "--no-color", "--tail", "20"]).run();
            eprintln!("{logs}");
        }
        let _ = self.compose(["down", "--volumes", "--timeout", "10"]).run();
    }
}

#[test]
fn one_command_brings_a_cluster_up_that_rolls_under_load() {
    let test = "one_command_brings_a_cluster_up_that_rolls_under_load";
    let Some(running) = Running::start(test) else { return };
    let image = "localhost:5050/team/debian:v1";
    running.aws(["ecr", "create-repository", "--repository-name", "team/debian"]);
    let password = running.aws(["ecr", "get-login-password"]);
    running
        .docker
        .docker(["login", "--username", "AWS", "--password-stdin", "localhost:5050"])
        .input(password.as_str())
        .succeeds();
    let tarball = bases::debian_tarball().display().to_string();
    running.docker.docker(["import", &tarball, image]).succeeds();
    running.docker.docker(["push", image]).succeeds();
    running
        .crane(["auth", "login", "localhost:5050", "--username", "AWS", "--password-stdin"])
        .input(password)
        .succeeds();

    let ends = watch_ends(&running);
    let (rolls, pulls) = (AtomicBool::new(true), AtomicUsize::new(0));
    thread::scope(|scope| {
        let puller = scope.spawn(|| {
            while rolls.load(Ordering::Relaxed) {
                // Every layer, read to its end, and every digest checked.
                running.crane(["export", image, "/dev/null"]).succeeds();
                pulls.fetch_add(1, Ordering::Relaxed);
            }
        });
        for node in ["node-1", "node-2", "node-3"] {
            let recreate = ["up", "--detach", "--wait", "--no-deps", "--force-recreate", node];
            running.compose(recreate).succeeds();
            thread::sleep(Duration::from_secs(1));
        }
        rolls.store(false, Ordering::Relaxed);
        assert!(puller.join().is_ok(), "a pull failed while the nodes were restarted");
    });
    assert!(pulls.into_inner() >= 3, "there was no load");
    let tags =
        running.aws(["ecr", "list-images", "--repository-name", "team/debian", "--output", "text"]);
    assert!(tags.contains("v1"), "{tags}");
    assert_nodes_ended_well(&ends.stdout());
}

/// Tells of containers that end, from now on: the daemon itself remembers a few hundred events,
/// most of them health checks.
fn watch_ends(running: &Running) -> Process {
    let folder = running.project.0.path().join("ends");
    fs::create_dir(&folder).unwrap();
    let mut command = Command::new("docker");
    command.args(["--host", &running.docker.host(), "events", "--filter", "event=die"]);
    command.args(["--format", "{{.Actor.Attributes.name}} {{.Actor.Attributes.exitCode}}"]);
    Process::start(command, &folder)
}

/// Every node has ended once, and none was killed for taking too long.
fn assert_nodes_ended_well(events: &str) {
    let codes: BTreeMap<&str, &str> =
        events.lines().filter_map(|line| line.rsplit_once(' ')).collect();
    assert_eq!(codes.len(), 3, "{events}");
    assert!(codes.values().all(|code| *code == "0"), "{events}");
}
