//! Podman, with its own store.

use std::path::PathBuf;

use black_box::{Invocation, Server, skipped};

use crate::debian;

/// Podman's client, which is its own daemon.
pub(crate) struct Podman {
    folder: PathBuf,
}

impl Podman {
    pub(crate) fn new(server: &Server) -> Self {
        Self { folder: server.scratch("podman") }
    }

    pub(crate) fn podman<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        let at = |name: &str| self.folder.join(name).display().to_string();
        // What it mounts for itself, and would leave, goes with each run. Only root can have that,
        // and needs it.
        let apart: &[&str] = if rustix::process::geteuid().is_root() {
            &["unshare", "--mount", "--", "podman"]
        } else {
            &["podman"]
        };
        Invocation::new(apart[0], &self.folder)
            .args(&apart[1..])
            .args(["--root", &at("store"), "--runroot", &at("run"), "--storage-driver", "vfs"])
            .args(["--runtime", "runc", "--cgroup-manager", "cgroupfs", "--log-level", "error"])
            .args(args)
            .env("REGISTRY_AUTH_FILE", at("auth.json"))
            .env("CONTAINERS_REGISTRIES_CONF", at("registries.conf"))
    }

    /// Lets Podman speak to the server without TLS, and logs it in.
    pub(crate) fn log_in(&self, server: &Server) {
        let registry = server.registry();
        let plain = format!("[[registry]]\nlocation = \"{registry}\"\ninsecure = true\n");
        std::fs::write(self.folder.join("registries.conf"), plain)
            .expect("a scratch file is writable");
        self.podman(["login", "--username", "AWS", "--password-stdin", &registry])
            .input(server.password())
            .succeeds();
    }

    /// Asserts that the image runs and prints Debian's version, where this machine lets containers
    /// run.
    pub(crate) fn runs_debian(&self, test: &str, image: &str, version: &str) {
        // Limits of its own, because the ones Podman asks for by default need a right that a
        // container's root lacks.
        let run = ["run", "--rm", "--network", "none"];
        let limits = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"];
        let ended = self.podman(run).args(limits).args([image, "cat", "/etc/debian_version"]).run();
        if !ended.succeeded() && ended.stderr.contains("OCI") {
            skipped(test, &format!("podman cannot run a container here: {}", ended.stderr));
            return;
        }
        assert!(ended.succeeded(), "{ended}");
        assert_eq!(ended.stdout.trim_end(), version);
    }
}

#[test]
fn podman_pushes_a_debian_that_it_pulls_and_runs() {
    let test = "podman_pushes_a_debian_that_it_pulls_and_runs";
    let server = Server::start();
    let podman = Podman::new(&server);
    let image = server.create_repository("debian") + ":stable";
    podman.log_in(&server);
    podman.podman(["import", &debian::tarball().display().to_string(), &image]).succeeds();
    podman.podman(["push", &image]).succeeds();

    podman.podman(["rmi", &image]).succeeds();
    podman.podman(["pull", &image]).succeeds();
    podman.runs_debian(test, &image, &debian::version(&server.scratch("tar")));
}
