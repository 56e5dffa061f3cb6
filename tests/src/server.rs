//! The server under test, as a process with data of its own.

use std::cell::OnceCell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use crate::{Invocation, longshore, python};

/// The access key of the server's root user.
pub const ROOT_ACCESS_KEY: &str = "AKIAEXAMPLEROOTKEY01";
/// The secret that belongs to it.
pub const ROOT_SECRET_KEY: &str = "black-box/tests+sign+with+this+example+00";
/// The region that clients name.
pub const REGION: &str = "us-east-1";

const START_PATIENCE: Duration = Duration::from_secs(30);
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// A running server. Dropping it stops it as an operator would, and holds that it left its data sound.
pub struct Server {
    process: Child,
    address: String,
    folder: Option<TempDir>,
    check_data: bool,
    password: OnceCell<String>,
}

impl Server {
    /// Starts a server with nothing in it.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a server with nothing in it and more arguments to `serve`.
    pub fn start_with(arguments: &[&str]) -> Self {
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        fs::create_dir(folder.path().join("home")).expect("a new folder takes a new folder");
        let process = spawn(folder.path(), arguments);
        let mut server = Self {
            process,
            address: String::new(),
            folder: Some(folder),
            check_data: true,
            password: OnceCell::new(),
        };
        server.address = server.await_address();
        server
    }

    /// Leaves the data unchecked when the server stops, for a test that damages it on purpose.
    pub fn leave_data_unchecked(&mut self) {
        self.check_data = false;
    }

    /// `HOST:PORT` as clients put it before a repository's name.
    pub fn registry(&self) -> String {
        let (_, port) = self.address.rsplit_once(':').expect("an address has a port");
        format!("localhost:{port}")
    }

    /// Where both doors are. By the name that registries are called by, because the service answers with the
    /// name it was called by.
    pub fn url(&self) -> String {
        format!("http://{}", self.registry())
    }

    /// Where the server keeps everything.
    pub fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    /// A folder for a client's own files, gone with the server.
    pub fn scratch(&self, name: &str) -> PathBuf {
        let path = self.folder().join(name);
        fs::create_dir_all(&path).expect("a folder can be made beside the data");
        path
    }

    fn folder(&self) -> &Path {
        self.folder.as_ref().expect("the folder is there until the drop ends").path()
    }

    /// A run of the AWS CLI as the root user.
    pub fn aws<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.signed(Invocation::new(python("aws"), &self.folder().join("home")).args(args))
    }

    /// A run of one of the binary's other commands, on this server's data.
    pub fn longshore<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        Invocation::new(longshore(), &self.folder().join("home"))
            .args(args)
            .env("LONGSHORE_DATA", self.data())
    }

    /// Gives a command the environment in which an AWS client finds this server and its root key.
    pub fn signed(&self, invocation: Invocation) -> Invocation {
        invocation
            .env("AWS_ENDPOINT_URL", self.url())
            .env("AWS_REGION", REGION)
            .env("AWS_DEFAULT_REGION", REGION)
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_PAGER", "")
    }

    /// Creates a repository and gives the name to push to, as the service itself prints it.
    pub fn create_repository(&self, name: &str) -> String {
        let answer = self.aws(["ecr", "create-repository", "--repository-name", name]).succeeds();
        let answer: Value = serde_json::from_str(&answer).expect("the AWS CLI prints JSON");
        answer["repository"]["repositoryUri"].as_str().expect("a repository has a URI").to_owned()
    }

    /// The password of the user `AWS`.
    pub fn password(&self) -> &str {
        self.password.get_or_init(|| self.aws(["ecr", "get-login-password"]).succeeds())
    }

    fn await_address(&mut self) -> String {
        let started = Instant::now();
        loop {
            let said = fs::read_to_string(self.folder().join("stdout")).unwrap_or_default();
            let address = said.split_inclusive('\n').find_map(|line| {
                line.strip_suffix('\n')?.strip_prefix("listening on http://").map(str::to_owned)
            });
            if let Some(address) = address {
                return address;
            }
            let ended = self.process.try_wait().expect("a child can be waited for");
            assert!(ended.is_none(), "the server ended: {ended:?}");
            assert!(started.elapsed() < START_PATIENCE, "the server did not say where it listens");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Asks the server to end; gives how it ended, or nothing when it had to be killed.
    fn stop(&mut self) -> Option<ExitStatus> {
        if let Ok(Some(status)) = self.process.try_wait() {
            return Some(status);
        }
        let pid = Pid::from_child(&self.process);
        kill_process(pid, Signal::TERM).expect("a child that was not waited for can be signalled");
        let asked = Instant::now();
        while asked.elapsed() < STOP_PATIENCE {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(5));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        None
    }

    fn assert_data_sound(&self) {
        let ended = self.longshore(["fsck"]).run();
        assert!(ended.succeeded(), "the server's data is not sound\n{ended}");
    }
}

fn spawn(folder: &Path, arguments: &[&str]) -> Child {
    let file = |name| File::create(folder.join(name)).expect("a new folder takes a new file");
    Command::new(longshore())
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.join("data"))
        .args(arguments)
        .env("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
        .env("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
        .stdin(Stdio::null())
        .stdout(file("stdout"))
        .stderr(file("stderr"))
        .spawn()
        .expect("the server can be started")
}

impl Drop for Server {
    fn drop(&mut self) {
        let ended = self.stop();
        if thread::panicking() {
            let kept = self.folder.take().map(TempDir::keep).unwrap_or_default();
            let log = fs::read_to_string(kept.join("stderr")).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(40).collect();
            eprintln!("the server's files are kept in {}; its log ends with", kept.display());
            tail.into_iter().rev().for_each(|line| eprintln!("  {line}"));
            return;
        }
        assert!(
            ended.is_some_and(|status| status.success()),
            "asked to end, the server did not within {STOP_PATIENCE:?}, or not well: {ended:?}"
        );
        if self.check_data {
            self.assert_data_sound();
        }
    }
}
