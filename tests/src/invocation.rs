//! One run of a third-party command.

use std::ffi::OsStr;
use std::fmt;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::aws_cli;

/// Longer than any command of these tests takes on a slow machine; a client that hangs must not
/// hang the run.
const PATIENCE: Duration = Duration::from_mins(3);

/// A command line, about to be run with nothing of the caller's environment but `PATH`.
pub struct Invocation {
    command: Command,
    input: Vec<u8>,
}

/// The exit and output of a command.
pub struct Ended {
    line: String,
    status: ExitStatus,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Invocation {
    /// A run of `program` that keeps its files in `home`.
    pub fn new(program: impl AsRef<OsStr>, home: &Path) -> Self {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", home).env("LC_ALL", "C.UTF-8").current_dir(home);
        command.envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
        Self { command, input: Vec::new() }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets its standard input.
    #[must_use]
    pub fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// Runs it to its end, with success or without.
    pub fn run(mut self) -> Ended {
        let line = format!("{:?}", self.command);
        if aws_cli::is_run_by(&self.command) {
            let aws_cli::Run { status, stdout, stderr } =
                aws_cli::run(&self.command, &self.input, PATIENCE);
            return Ended { line, status, stdout, stderr };
        }
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child =
            self.command.spawn().unwrap_or_else(|error| panic!("{line} did not start: {error}"));
        let stdin = child.stdin.take().expect("standard input is a pipe");
        let input = self.input;
        // A command that ends without reading its input is for the caller to judge by how it ended.
        thread::spawn(move || ({ stdin }).write_all(&input));
        let stdout = read_aside(child.stdout.take().expect("standard output is a pipe"));
        let stderr = read_aside(child.stderr.take().expect("standard error is a pipe"));
        let status = wait(&mut child, &line);
        let text = |read: thread::JoinHandle<Vec<u8>>| {
            String::from_utf8_lossy(&read.join().expect("reading a pipe does not panic"))
                .into_owned()
        };
        Ended { line, status, stdout: text(stdout), stderr: text(stderr) }
    }

    /// Runs it, requires success, and returns its standard output without the last newline.
    pub fn succeeds(self) -> String {
        let ended = self.run();
        assert!(ended.succeeded(), "{ended}");
        ended.stdout.trim_end().to_owned()
    }

    /// Runs it, requires failure, and returns all its output.
    pub fn fails(self) -> String {
        let ended = self.run();
        assert!(!ended.succeeded(), "{ended}");
        ended.stdout + &ended.stderr
    }
}

fn read_aside(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // A pipe that breaks off has given all it will.
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}

fn wait(child: &mut Child, line: &str) -> ExitStatus {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            return status;
        }
        if started.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("{line} had not ended after {PATIENCE:?}");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The exit code of a check that found no error, and could not check everything.
const UNCHECKED: i32 = 3;

impl Ended {
    /// Its exit code; `None` if it was killed.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// Whether it is a `fsck` that found nothing wrong. A test may leave a repository whose key is
    /// disabled, which is not checked.
    pub fn found_nothing_wrong(&self) -> bool {
        matches!(self.code(), Some(0 | UNCHECKED))
    }

    /// Whether it exited with 0.
    pub fn succeeded(&self) -> bool {
        self.status.success()
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, status, stdout, stderr } = self;
        write!(f, "{line}\n{status}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }
}
