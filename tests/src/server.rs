//! The server under test, as a process with its own data.

mod agreement;
mod clients;
mod life;

use std::cell::OnceCell;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use self::life::{await_address, spawn};
use crate::cluster::{Cluster, Plan};
use crate::nodes_under_test::nodes_under_test;
use crate::process::Process;
use crate::skipped;

/// The access key of the server's root user.
pub const ROOT_ACCESS_KEY: &str = "AKIAEXAMPLEROOTKEY01";
/// The secret that belongs to it.
pub const ROOT_SECRET_KEY: &str = "black-box/tests+sign+with+this+example+00";
/// The region that clients name.
pub const REGION: &str = "us-east-1";

/// What serves.
enum Running {
    /// One process with a folder.
    One(Process),
    /// Nodes behind a balancer.
    Many(Box<Cluster>),
}

/// A running server. Dropping it stops it as an operator would, and requires that its data is
/// sound.
///
/// It is one process with a folder, or, if the environment asks for that, a cluster behind a
/// balancer.
pub struct Server {
    running: Running,
    address: String,
    arguments: Vec<String>,
    folder: Option<TempDir>,
    data: PathBuf,
    check_data: bool,
    uploads_may_stay: bool,
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
        let data = folder.path().join("data");
        if nodes_under_test() > 1 {
            match Plan::of(nodes_under_test())
                .arguments(arguments.iter().copied())
                .start_in(folder.path())
            {
                Ok(cluster) => return Self::of_many(cluster, folder, data),
                Err(why) => skipped("many nodes (it is one process instead)", &why),
            }
        }
        Self::start_in(folder, data, arguments)
    }

    /// Starts a server that keeps its data in a folder that the test has chosen.
    pub fn start_at(data: &Path) -> Self {
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        Self::start_in(folder, data.to_owned(), &[])
    }

    fn start_in(folder: TempDir, data: PathBuf, arguments: &[&str]) -> Self {
        fs::create_dir(folder.path().join("home")).expect("a new folder takes a new folder");
        let arguments: Vec<String> = arguments.iter().map(|&argument| argument.into()).collect();
        let mut process = spawn(folder.path(), &data, &arguments);
        let address = await_address(&mut process);
        Self::new(Running::One(process), address, arguments, folder, data)
    }

    fn of_many(cluster: Cluster, folder: TempDir, data: PathBuf) -> Self {
        fs::create_dir(folder.path().join("home")).expect("a new folder takes a new folder");
        let address = cluster.address();
        write_root_key(&data, &address);
        Self::new(Running::Many(Box::new(cluster)), address, Vec::new(), folder, data)
    }

    fn new(
        running: Running,
        address: String,
        arguments: Vec<String>,
        folder: TempDir,
        data: PathBuf,
    ) -> Self {
        Self {
            running,
            address,
            arguments,
            folder: Some(folder),
            data,
            check_data: true,
            uploads_may_stay: true,
            password: OnceCell::new(),
        }
    }

    /// Leaves the data unchecked when the server stops, for a test that damages it on purpose.
    pub fn leave_data_unchecked(&mut self) {
        self.check_data = false;
    }

    /// Asserts in the end that no upload is left.
    pub fn must_leave_no_uploads(&mut self) {
        self.uploads_may_stay = false;
    }

    /// `HOST:PORT` as clients put it before a repository's name.
    pub fn registry(&self) -> String {
        format!("localhost:{}", self.port())
    }

    /// The URL of both doors. It uses the host name of registries, because the service answers with
    /// the name of the request.
    pub fn url(&self) -> String {
        format!("http://{}", self.registry())
    }

    /// The server's data folder.
    pub fn data(&self) -> PathBuf {
        self.data.clone()
    }

    /// A folder for a client's files, removed with the server.
    pub fn scratch(&self, name: &str) -> PathBuf {
        let path = self.folder().join(name);
        fs::create_dir_all(&path).expect("a folder can be made beside the data");
        path
    }

    fn folder(&self) -> &Path {
        self.folder.as_ref().expect("the folder is there until the drop ends").path()
    }

    /// `HOST:PORT` to connect to.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        let (_, port) = self.address.rsplit_once(':').expect("an address has a port");
        port.parse().expect("a port is a number")
    }

    /// The server's standard output so far.
    pub fn stdout(&self) -> String {
        match &self.running {
            Running::One(process) => process.stdout(),
            Running::Many(_) => panic!("each node has said something of its own"),
        }
    }

    /// The server's log so far.
    pub fn log(&self) -> String {
        match &self.running {
            Running::One(process) => process.stderr(),
            Running::Many(cluster) => cluster.log(),
        }
    }

    /// How much memory the server holds, if it is one process.
    pub fn memory_bytes(&self) -> u64 {
        match &self.running {
            Running::One(process) => process.memory_bytes(),
            Running::Many(_) => panic!("each node holds memory of its own"),
        }
    }
}

/// The file that a server leaves in its data folder for users of its machine. Nodes have no folder;
/// here the fixture writes it.
fn write_root_key(data: &Path, address: &str) {
    let (_, port) = address.rsplit_once(':').expect("an address has a port");
    let key = json!({
        "AccountId": "123456789012",
        "AccessKeyId": ROOT_ACCESS_KEY,
        "SecretAccessKey": ROOT_SECRET_KEY,
        "EndpointUrl": format!("http://localhost:{port}"),
        "Region": REGION,
    });
    fs::create_dir(data).expect("a new folder takes a new folder");
    let mut file = fs::File::options()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(data.join("root-access-key-123456789012.json"))
        .expect("a new folder takes a new file");
    file.write_all(key.to_string().as_bytes()).expect("there is room");
}
