//! Docker, with a daemon of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::{Invocation, skipped};

const START_PATIENCE: Duration = Duration::from_secs(30);
const STOP_PATIENCE: Duration = Duration::from_secs(15);

/// A Docker daemon that shares nothing with one the machine may run, and the client that speaks to it.
///
/// It takes registries on `localhost` without TLS, as every Docker does.
pub struct Docker {
    daemon: Child,
    folder: PathBuf,
}

impl Docker {
    /// Starts a daemon that keeps everything in `folder`, or says why it cannot and gives nothing.
    pub fn start(test: &str, folder: PathBuf) -> Option<Self> {
        Self::start_with(test, folder, &[])
    }

    /// Starts a daemon with more in its environment.
    pub fn start_with(test: &str, folder: PathBuf, environment: &[(&str, &str)]) -> Option<Self> {
        let mut command = Command::new("dockerd");
        command.envs(environment.iter().copied());
        command.args(["--bridge=none", "--iptables=false", "--ip6tables=false"]);
        Self::spawn(test, folder, command)
    }

    /// Starts a daemon whose containers have networks and publish ports, on a machine of its own as far as networks
    /// go: nothing that it listens on or filters is this machine's. [`inside`](Self::inside) reaches it.
    pub fn start_apart(test: &str, folder: PathBuf) -> Option<Self> {
        let mut command = Command::new("unshare");
        let script = "ip link set lo up && exec dockerd \"$@\"";
        command.args(["--net", "--", "sh", "-c", script, "dockerd"]);
        Self::spawn(test, folder, command)
    }

    fn spawn(test: &str, folder: PathBuf, command: Command) -> Option<Self> {
        match spawn(&folder, command) {
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

    /// A run of the client.
    pub fn docker<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.docker_of("docker", args)
    }

    /// A run of a client by its path: a machine may have more than one, and they do not know the same ways.
    pub fn docker_of<'a>(
        &self,
        program: &str,
        args: impl IntoIterator<Item = &'a str>,
    ) -> Invocation {
        Invocation::new(program, &self.folder).args(["--host", &self.host()]).args(args)
    }

    /// What `DOCKER_HOST` is to be.
    pub fn host(&self) -> String {
        format!("unix://{}", self.folder.join("socket").display())
    }

    /// A run of any program where the daemon's ports are published.
    pub fn inside(&self, program: &str) -> Invocation {
        let network = format!("--net=/proc/{}/ns/net", self.daemon.id());
        Invocation::new("nsenter", &self.folder).args([&network, "--", program])
    }

    /// Where the daemon and the client keep everything.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn spawn(folder: &Path, mut command: Command) -> std::io::Result<Child> {
    let at = |name: &str| folder.join(name).display().to_string();
    command
        .args(["--data-root", &at("data"), "--exec-root", &at("exec"), "--pidfile", &at("pid")])
        .args(["--host", &format!("unix://{}", at("socket"))])
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
