//! The server under test, as a process with its own data.

use std::cell::OnceCell;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::call;
use crate::cluster::{Cluster, Plan};
use crate::process::Process;
use crate::{AccessKey, Client, Ended, Invocation, longshore, python, skipped};

/// The access key of the server's root user.
pub const ROOT_ACCESS_KEY: &str = "AKIAEXAMPLEROOTKEY01";
/// The secret that belongs to it.
pub const ROOT_SECRET_KEY: &str = "black-box/tests+sign+with+this+example+00";
/// The region that clients name.
pub const REGION: &str = "us-east-1";

const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// The promised time for rights and keys on other nodes.
const AGREED_WITHIN: Duration = Duration::from_secs(2);

/// Nodes write down for each other every two seconds why they denied something; the rest is for a
/// machine that has much to do.
const TOLD_WITHIN: Duration = Duration::from_secs(5);

const ASK_EVERY: Duration = Duration::from_millis(100);

/// How many nodes each server of the tests is: `LONGSHORE_TEST_NODES`, or one process with a
/// folder.
pub(crate) fn nodes_under_test() -> usize {
    let Ok(text) = std::env::var("LONGSHORE_TEST_NODES") else { return 1 };
    text.parse().unwrap_or_else(|_| panic!("LONGSHORE_TEST_NODES is not a number: {text}"))
}

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

    /// Holds in the end that no upload is left.
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

    /// A run of the AWS CLI as the root user.
    pub fn aws<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.signed(Invocation::new(python("aws"), &self.folder().join("home")).args(args))
    }

    /// A run of one of the binary's other commands, on this server's data.
    pub fn longshore<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        let run = Invocation::new(longshore(), &self.folder().join("home"))
            .args(args)
            .env("LONGSHORE_DATA", self.data());
        match &self.running {
            Running::One(_) => run,
            Running::Many(cluster) => {
                let variables = cluster.variables();
                variables.iter().fold(run, |run, (name, value)| run.env(name, value))
            }
        }
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

    /// Calls an operation of the AWS API as the root user, and requires success.
    pub fn call(&self, operation: &str, input: &Value) -> Value {
        let answer = call(&self.registry(), &AccessKey::root(), operation, input);
        assert_eq!(answer.status, 200, "{operation} {input}: {}", answer.text());
        answer.json()
    }

    /// Creates a repository and gives the name to push to, as the service itself prints it.
    pub fn create_repository(&self, name: &str) -> String {
        let answer = self.call("CreateRepository", &json!({ "repositoryName": name }));
        answer["repository"]["repositoryUri"].as_str().expect("a repository has a URI").to_owned()
    }

    /// The password of the user `AWS`.
    pub fn password(&self) -> &str {
        self.password.get_or_init(|| self.longshore(["login", "--print"]).succeeds())
    }

    /// A logged-in client.
    pub fn client(&self) -> Client {
        Client::logged_in(&self.address, self.password())
    }

    /// An unauthenticated client.
    pub fn stranger(&self) -> Client {
        Client::stranger(&self.address)
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

    /// Asks why a request was denied, again and again, until the node that denied it has told the
    /// one that is asked.
    pub fn ask_why<T>(&self, ask: impl Fn() -> T, is_told: impl Fn(&T) -> bool) -> T {
        let began = Instant::now();
        loop {
            let answer = ask();
            let is_over = self.nodes() == 1 || began.elapsed() > TOLD_WITHIN;
            if is_over || is_told(&answer) {
                return answer;
            }
            thread::sleep(ASK_EVERY);
        }
    }

    /// The same with `longshore why`.
    pub fn run_why(&self, run: impl Fn() -> Ended) -> Ended {
        self.ask_why(run, |ended| !ended.stderr.contains("DecisionNotFoundException"))
    }

    /// The time within which every node acts on a change of rights and keys. One process does so at
    /// once.
    pub fn agreed_within(&self) -> Duration {
        if self.nodes() > 1 { AGREED_WITHIN } else { Duration::ZERO }
    }

    /// Waits until every node acts on a change of rights and keys.
    pub fn await_agreement(&self) {
        thread::sleep(self.agreed_within());
    }

    /// `HOST:PORT` of each node.
    pub fn node_addresses(&self) -> Vec<String> {
        match &self.running {
            Running::One(_) => vec![self.address.clone()],
            Running::Many(cluster) => cluster.addresses(),
        }
    }

    /// How many nodes it is.
    pub fn nodes(&self) -> usize {
        match &self.running {
            Running::One(_) => 1,
            Running::Many(cluster) => cluster.addresses().len(),
        }
    }

    /// The nodes, if it is more than one process.
    pub fn cluster(&mut self) -> Option<&mut Cluster> {
        match &mut self.running {
            Running::One(_) => None,
            Running::Many(cluster) => Some(cluster),
        }
    }

    /// Kills the server like a power cut.
    pub fn kill(&mut self) {
        match &mut self.running {
            Running::One(process) => process.kill(),
            Running::Many(cluster) => {
                (0..cluster.nodes().len()).for_each(|number| cluster.kill(number));
            }
        }
    }

    /// Starts a killed server again on the same data. It may have another port now.
    pub fn start_again(&mut self) {
        if let Running::Many(cluster) = &mut self.running {
            (0..cluster.nodes().len()).for_each(|number| cluster.start_again(number));
            return;
        }
        let mut process = spawn(self.folder(), &self.data, &self.arguments);
        self.address = await_address(&mut process);
        self.running = Running::One(process);
    }

    /// Asks the server to stop, and does not wait.
    pub fn terminate(&mut self) {
        match &mut self.running {
            Running::One(process) => process.terminate(),
            Running::Many(cluster) => cluster.terminate(),
        }
    }

    /// Waits for the stop, and requires that it was clean.
    pub fn await_end(&mut self) {
        let process = match &mut self.running {
            Running::One(process) => process,
            Running::Many(cluster) => return cluster.await_end(STOP_PATIENCE),
        };
        let ended = process.await_end(STOP_PATIENCE);
        assert!(
            ended.is_some_and(|status| status.success()),
            "asked to end, the server did not within {STOP_PATIENCE:?}, or not well: {ended:?}"
        );
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

    fn assert_data_sound(&self) {
        let ended = self.longshore(["fsck"]).run();
        assert!(ended.succeeded(), "the server's data is not sound\n{ended}");
        let none_left = ended.stdout.contains(" 0 uploads,");
        assert!(none_left || self.uploads_may_stay, "uploads were left\n{ended}");
    }
}

fn spawn(folder: &Path, data: &Path, arguments: &[String]) -> Process {
    let mut command = Process::serve(data);
    command
        .args(arguments)
        .env("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
        .env("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY);
    Process::start(command, folder)
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

fn await_address(process: &mut Process) -> String {
    let url = process.await_url();
    url.strip_prefix("http://").expect("the fixture's server speaks no TLS").to_owned()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.terminate();
        if thread::panicking() {
            let log = self.log();
            let kept = self.folder.take().map(TempDir::keep).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(40).collect();
            eprintln!("the server's files are kept in {}; its log ends with", kept.display());
            tail.into_iter().rev().for_each(|line| eprintln!("  {line}"));
            return;
        }
        self.await_end();
        if self.check_data {
            self.assert_data_sound();
        }
    }
}
