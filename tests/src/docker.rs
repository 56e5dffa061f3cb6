//! Docker, with its own daemon.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::network::Network;
use crate::{Invocation, skipped};

const START_PATIENCE: Duration = Duration::from_secs(30);
const STOP_PATIENCE: Duration = Duration::from_secs(15);

/// A Docker daemon that shares nothing with one that the machine may run, and its client.
///
/// It has its own network and mounts, because a daemon changes the machine's: it removes or creates
/// `docker0`, writes rules, and forwards packets. Its network has only `lo` and the ports of
/// [`reaching`](Self::reaching). It accepts registries on `localhost` without TLS, as every Docker
/// does.
pub struct Docker {
    network: Network,
    daemon: Daemon,
    folder: PathBuf,
}

/// The first command brings up the only interface of a new network.
const APART: [&str; 7] =
    ["--net", "--mount", "--", "sh", "-c", "ip link set lo up && exec dockerd \"$@\"", "dockerd"];

impl Docker {
    /// Starts a daemon that keeps everything in `folder`, or reports why it cannot and returns
    /// `None`. Its containers have no network, or the daemon's.
    pub fn start(test: &str, folder: PathBuf) -> Option<Self> {
        Self::start_with(test, folder, &[])
    }

    /// Starts a daemon with more in its environment.
    pub fn start_with(test: &str, folder: PathBuf, environment: &[(&str, &str)]) -> Option<Self> {
        let arguments = ["--bridge=none", "--iptables=false", "--ip6tables=false"];
        Self::spawn(test, folder, environment, &arguments)
    }

    /// Starts a daemon whose containers have networks and publish ports, for clients
    /// [`inside`](Self::inside) its network.
    pub fn start_with_networks(test: &str, folder: PathBuf) -> Option<Self> {
        Self::spawn(test, folder, &[], &[])
    }

    fn spawn(
        test: &str,
        folder: PathBuf,
        environment: &[(&str, &str)],
        arguments: &[&str],
    ) -> Option<Self> {
        let started = Daemon::spawn(&folder, environment, arguments).and_then(|mut daemon| {
            daemon.await_ready(&folder)?;
            let network = Network::of(&daemon.0).map_err(|error| error.to_string())?;
            Ok((daemon, network))
        });
        match started {
            Ok((daemon, network)) => Some(Self { network, daemon, folder }),
            Err(why) => {
                skipped(test, &why);
                None
            }
        }
    }

    /// Lets the daemon and the client reach a port of this machine.
    #[must_use]
    pub fn reaching(mut self, port: u16) -> Self {
        self.network.let_reach(port).expect("the same port is free in a network that is new");
        self
    }

    /// The network in which the daemon's ports are published.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// A run of the client.
    pub fn docker<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.docker_of("docker", args)
    }

    /// A run of a client by its path: a machine may have several, with different features.
    pub fn docker_of<'a>(
        &self,
        program: &str,
        args: impl IntoIterator<Item = &'a str>,
    ) -> Invocation {
        Invocation::new(program, &self.folder).args(["--host", &host(&self.folder)]).args(args)
    }

    /// The value of `DOCKER_HOST`.
    pub fn host(&self) -> String {
        host(&self.folder)
    }

    /// A run of any program in the network with the daemon's ports.
    pub fn inside(&self, program: &str) -> Invocation {
        let network = format!("--net=/proc/{}/ns/net", self.daemon.0.id());
        Invocation::new("nsenter", &self.folder).args([&network, "--", program])
    }

    /// The folder of the daemon and the client.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn host(folder: &Path) -> String {
    format!("unix://{}", folder.join("socket").display())
}

/// The process. Dropping it stops it.
struct Daemon(Child);

impl Daemon {
    fn spawn(
        folder: &Path,
        environment: &[(&str, &str)],
        arguments: &[&str],
    ) -> Result<Self, String> {
        let at = |name: &str| folder.join(name).display().to_string();
        let log = File::create(folder.join("log"));
        let spawned = log.and_then(|log| {
            Command::new("unshare")
                .args(APART)
                .args(["--data-root", &at("data"), "--exec-root", &at("exec")])
                .args(["--pidfile", &at("pid"), "--host", &host(folder)])
                .args(arguments)
                .envs(environment.iter().copied())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log)
                .spawn()
        });
        spawned.map(Self).map_err(|error| format!("dockerd does not start: {error}"))
    }

    fn await_ready(&mut self, folder: &Path) -> Result<(), String> {
        let started = Instant::now();
        let version =
            || Invocation::new("docker", folder).args(["--host", &host(folder), "version"]);
        while !version().run().succeeded() {
            let ended = self.0.try_wait().expect("a child can be waited for");
            if ended.is_some() || started.elapsed() > START_PATIENCE {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                return Err(format!("dockerd is not ready: {}", log.lines().last().unwrap_or("")));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if !matches!(self.0.try_wait(), Ok(Some(_))) {
            let _ = kill_process(Pid::from_child(&self.0), Signal::TERM);
        }
        let asked = Instant::now();
        while asked.elapsed() < STOP_PATIENCE {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
