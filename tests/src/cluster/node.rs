//! One stateless node, as a process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::time::Duration;

use crate::cluster::http_faults::HttpFaults;
use crate::cluster::tcp_faults::TcpFaults;
use crate::process::{Process, bare};

/// The faults between a node and the stores.
#[derive(Debug)]
pub struct Faults {
    /// Before the database.
    pub rows: TcpFaults,
    /// Before the S3 server.
    pub bytes: HttpFaults,
}

/// A node that was started.
pub struct Node {
    process: Process,
    url: String,
    folder: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    clock: Option<String>,
    faults: Option<Arc<Faults>>,
}

impl Node {
    /// Spawns a node, which is not ready yet.
    pub(crate) fn spawn(
        folder: PathBuf,
        arguments: Vec<String>,
        variables: Vec<(String, String)>,
        faults: Option<Arc<Faults>>,
    ) -> Self {
        fs::create_dir_all(&folder).expect("a new folder takes a new folder");
        let process = launch(&folder, &arguments, &variables, None);
        Self { process, url: String::new(), folder, arguments, variables, clock: None, faults }
    }

    /// Waits until it is ready.
    pub(crate) fn await_ready(&mut self) {
        self.url = self.process.await_url();
    }

    /// `HOST:PORT` to connect to, past the balancer.
    pub fn address(&self) -> &str {
        self.url.split_once("://").expect("a URL has a scheme").1
    }

    /// The faults between it and the stores, if the cluster has them.
    pub fn faults(&self) -> Arc<Faults> {
        self.faults.clone().expect("the cluster has faults")
    }

    /// Its log, over all starts.
    pub fn log(&self) -> String {
        self.process.stderr()
    }

    /// The process.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// Sets its clock's difference from the next start on, such as `+300s`; needs libfaketime.
    pub fn set_clock(&mut self, differs_by: Option<&str>) {
        self.clock = differs_by.map(str::to_owned);
    }

    /// Sets a variable of its environment from the next start on.
    pub fn set_variable(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// Kills it like a power cut.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Pauses it, in the middle of anything.
    pub fn pause(&mut self) {
        self.process.pause();
    }

    /// Continues it.
    pub fn wake(&mut self) {
        self.process.wake();
    }

    /// Asks it to stop, and returns its exit status; `None` if it has not stopped within
    /// `patience`.
    pub fn stop(&mut self, patience: Duration) -> Option<ExitStatus> {
        self.process.terminate();
        self.process.await_end(patience)
    }

    /// Starts it again, at another port; or says why it does not start.
    pub(crate) fn try_start_again(&mut self) -> Result<(), String> {
        let clock = self.clock.as_deref();
        self.process = launch(&self.folder, &self.arguments, &self.variables, clock);
        self.url = self.process.try_await_url()?;
        Ok(())
    }
}

fn launch(
    folder: &Path,
    arguments: &[String],
    variables: &[(String, String)],
    clock: Option<&str>,
) -> Process {
    let mut command = bare();
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments).current_dir(folder);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    if let (Some(clock), Some(library)) = (clock, faketime()) {
        set_clock(&mut command, clock, &library);
    }
    Process::start(command, folder)
}

fn set_clock(command: &mut Command, clock: &str, library: &Path) {
    command.env("LD_PRELOAD", library).env("FAKETIME", clock);
    // Only the time of day changes: different waiting times would be another fault.
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("FAKETIME_NO_CACHE", "1");
}

/// The library that gives a process another time, if it is here.
pub fn faketime() -> Option<PathBuf> {
    let architectures = fs::read_dir("/usr/lib").ok()?;
    let libraries =
        architectures.flatten().map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    libraries.into_iter().find(|library| library.exists())
}
