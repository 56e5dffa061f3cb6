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
        match spawn(&folder, environment) {
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
        let socket = format!("unix://{}", self.folder.join("socket").display());
        Invocation::new("docker", &self.folder).args(["--host", &socket]).args(args)
    }

    /// Where the daemon and the client keep everything.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn spawn(folder: &Path, environment: &[(&str, &str)]) -> std::io::Result<Child> {
    let at = |name: &str| folder.join(name).display().to_string();
    Command::new("dockerd")
        .args(["--data-root", &at("data"), "--exec-root", &at("exec"), "--pidfile", &at("pid")])
        .args(["--host", &format!("unix://{}", at("socket"))])
        .args(["--bridge=none", "--iptables=false", "--ip6tables=false", "--storage-driver=vfs"])
        .envs(environment.iter().copied())
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
