//! The binary as a process whose output is kept in files.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::longshore;

/// A disk that other tests fill keeps a first start waiting this long, at worst.
const START_PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(1);

/// A process. Dropping it kills it.
pub struct Process {
    child: Child,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Process {
    /// `longshore serve` on a free port, with nothing of the caller's environment but `PATH`.
    pub fn serve(data: &Path) -> Command {
        let mut command = bare();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        command
    }

    /// Starts a command. Its output goes to the files `stdout`, made anew, and `stderr`, appended.
    pub fn start(mut command: Command, folder: &Path) -> Self {
        let (stdout, stderr) = (folder.join("stdout"), folder.join("stderr"));
        let out = File::create(&stdout).expect("the folder is writable");
        let log = File::options().create(true).append(true).open(&stderr);
        command.stdin(Stdio::null()).stdout(out).stderr(log.expect("the folder is writable"));
        let child = command.spawn().expect("the binary can be started");
        Self { child, stdout, stderr }
    }

    /// Waits for the line with its address. Returns `SCHEME://HOST:PORT`.
    pub fn await_url(&mut self) -> String {
        self.try_await_url().unwrap_or_else(|why| panic!("{why}"))
    }

    /// The same, or why there is none.
    pub fn try_await_url(&mut self) -> Result<String, String> {
        let started = Instant::now();
        loop {
            let said = self.stdout();
            let url = said
                .split_inclusive('\n')
                .find_map(|line| line.strip_suffix('\n')?.strip_prefix("listening on "));
            if let Some(url) = url {
                return Ok(url.to_owned());
            }
            if let Some(status) = self.has_ended() {
                return Err(format!("the server ended: {status}\n{}", self.stderr()));
            }
            if started.elapsed() > START_PATIENCE {
                let log = self.stderr();
                return Err(format!("the server did not say where it listens; its log is\n{log}"));
            }
            thread::sleep(POLL);
        }
    }

    /// Its standard output so far.
    pub fn stdout(&self) -> String {
        fs::read_to_string(&self.stdout).unwrap_or_default()
    }

    /// Its standard error so far.
    pub fn stderr(&self) -> String {
        fs::read_to_string(&self.stderr).unwrap_or_default()
    }

    /// How much memory it holds.
    pub fn memory_bytes(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("the process runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        kib.expect("the system says how much it holds") << 10
    }

    /// Kills it like a power cut.
    pub fn kill(&mut self) {
        // One that has ended by itself is as dead.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop, and does not wait.
    pub fn terminate(&mut self) {
        self.signal(Signal::TERM);
    }

    /// Pauses it.
    pub fn pause(&mut self) {
        self.signal(Signal::STOP);
    }

    /// Continues it.
    pub fn wake(&mut self) {
        self.signal(Signal::CONT);
    }

    /// Sends it Ctrl-C's signal.
    pub fn interrupt(&mut self) {
        self.signal(Signal::INT);
    }

    fn signal(&mut self, signal: Signal) {
        if self.has_ended().is_none() {
            let pid = Pid::from_child(&self.child);
            kill_process(pid, signal).expect("a child that was not reaped can be signalled");
        }
    }

    /// How it ended, if it has.
    pub fn has_ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child can be waited for")
    }

    /// Waits for its end; gives how it ended, or nothing if it has not within `patience`.
    pub fn await_end(&mut self, patience: Duration) -> Option<ExitStatus> {
        let asked = Instant::now();
        while asked.elapsed() < patience {
            if let Some(status) = self.has_ended() {
                return Some(status);
            }
            thread::sleep(POLL);
        }
        None
    }
}

/// The binary, with nothing of the caller's environment but `PATH`.
pub fn bare() -> Command {
    let mut command = Command::new(longshore());
    command.env_clear().envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
    command
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
