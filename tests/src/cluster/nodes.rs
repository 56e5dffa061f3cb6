//! Nodes that are one registry, behind a balancer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use stand_ins::{AzureServer, Database, S3Server};
use tempfile::TempDir;

use crate::cluster::balancer::Balancer;
use crate::cluster::http_faults::HttpFaults;
use crate::cluster::node::{Faults, Node};
use crate::cluster::stores::Stores;
use crate::cluster::tcp_faults::{TcpFaults, Upstream};
use crate::{Client, Invocation, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, longshore, skipped};

/// The secret of all nodes' keyring.
pub const KEYRING_SECRET: &str = "6b657972696e67206f6620616c6c206e6f6465732c20666f7220746573747321";

/// The settings of a cluster.
#[derive(Debug, Clone)]
pub struct Plan {
    nodes: usize,
    arguments: Vec<String>,
    has_faults: bool,
    has_own_stores: bool,
    is_on_azure: bool,
}

/// Nodes, their shared stores, and what is in front of them. Dropping it kills the nodes.
pub struct Cluster {
    nodes: Vec<Node>,
    balancer: Balancer,
    database: Database,
    prefix: String,
    folder: PathBuf,
    stores: Arc<Stores>,
    /// The Azure server for objects, instead of the stores' S3 server.
    azure: Option<AzureServer>,
    own_folder: Option<TempDir>,
}

impl Plan {
    /// This many nodes with default settings.
    pub fn of(nodes: usize) -> Self {
        Self {
            nodes,
            arguments: Vec::new(),
            has_faults: false,
            has_own_stores: false,
            is_on_azure: false,
        }
    }

    /// More arguments to `serve`, for every node.
    #[must_use]
    pub fn arguments(mut self, arguments: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// A proxy between each node and each store.
    #[must_use]
    pub fn with_faults(mut self) -> Self {
        self.has_faults = true;
        self
    }

    /// Uses separate stores, so that they can be stopped.
    #[must_use]
    pub fn with_own_stores(mut self) -> Self {
        self.has_own_stores = true;
        self
    }

    /// Objects in Azure Blob Storage instead of S3.
    #[must_use]
    pub fn on_azure(mut self) -> Self {
        self.is_on_azure = true;
        self
    }

    /// Starts it; or reports that `test` is skipped, and why.
    pub fn start(self, test: &str) -> Option<Cluster> {
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        match self.start_in(folder.path()) {
            Ok(mut cluster) => {
                cluster.own_folder = Some(folder);
                Some(cluster)
            }
            Err(why) => {
                skipped(test, &why);
                None
            }
        }
    }

    /// Starts it with all files of the nodes in a folder, or says why there is no store.
    pub fn start_in(self, folder: &Path) -> Result<Cluster, String> {
        let Self { nodes, arguments, has_faults, has_own_stores, is_on_azure } = self;
        let azure = is_on_azure.then(AzureServer::start).transpose()?;
        let stores = if has_own_stores { Arc::new(Stores::start()?) } else { Stores::shared()? };
        let (database, prefix) = stores.place();
        let bytes = Bytes::of(&stores, azure.as_ref());
        let spawn = |number: usize| {
            let faults = has_faults.then(|| {
                Arc::new(Faults {
                    rows: TcpFaults::before(Upstream::Socket(stores.postgres.socket())),
                    bytes: HttpFaults::before(bytes.port()),
                })
            });
            let rows = match &faults {
                Some(faults) => database.url_at(faults.rows.port),
                None => database.url(),
            };
            let bytes = faults.as_ref().map_or(bytes, |faults| bytes.at(faults.bytes.port));
            let variables = variables(&rows, &prefix, bytes);
            Node::spawn(folder.join(format!("node-{number}")), arguments.clone(), variables, faults)
        };
        let nodes: Vec<Node> = (0..nodes).map(spawn).collect();
        let balancer = Balancer::start(nodes.len());
        let folder = folder.to_owned();
        let mut cluster =
            Cluster { nodes, balancer, database, prefix, folder, stores, azure, own_folder: None };
        cluster.await_ready();
        Ok(cluster)
    }
}

/// The object store, and the port of the server or of a proxy in front of it.
#[derive(Debug, Clone, Copy)]
enum Bytes<'a> {
    S3(u16),
    Azure(&'a AzureServer, u16),
}

impl<'a> Bytes<'a> {
    fn of(stores: &Stores, azure: Option<&'a AzureServer>) -> Self {
        azure.map_or(Self::S3(stores.s3.port), |azure| Self::Azure(azure, azure.port))
    }

    fn port(self) -> u16 {
        match self {
            Self::S3(port) | Self::Azure(_, port) => port,
        }
    }

    fn at(self, port: u16) -> Self {
        match self {
            Self::S3(_) => Self::S3(port),
            Self::Azure(server, _) => Self::Azure(server, port),
        }
    }

    fn variables(self, prefix: &str) -> Vec<(&'static str, String)> {
        let (address, mut variables) = match self {
            Self::S3(port) => (S3Server::address(prefix), S3Server::variables(port).to_vec()),
            Self::Azure(server, port) => {
                (server.address(prefix), AzureServer::variables(port).to_vec())
            }
        };
        variables.push(("LONGSHORE_OBJECTS", address));
        variables
    }
}

/// The variables that tell a node where everything is.
fn variables(rows: &str, prefix: &str, bytes: Bytes<'_>) -> Vec<(String, String)> {
    let own = [
        ("LONGSHORE_DATABASE", rows),
        ("LONGSHORE_KEYRING_SECRET", KEYRING_SECRET),
        ("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY),
        ("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY),
    ];
    let own = own.map(|(name, value)| (name, value.to_owned()));
    let all = own.into_iter().chain(bytes.variables(prefix));
    all.map(|(name, value)| (name.to_owned(), value)).collect()
}

impl Cluster {
    fn await_ready(&mut self) {
        for (number, node) in self.nodes.iter_mut().enumerate() {
            node.await_ready();
            self.balancer.set(number, node.address().parse().ok());
        }
    }

    /// `HOST:PORT` of the balancer.
    pub fn address(&self) -> String {
        self.balancer.address()
    }

    /// The balancer.
    pub fn balancer(&self) -> &Balancer {
        &self.balancer
    }

    /// The container of a cluster that is on Azure.
    pub fn azure(&self) -> Option<&AzureServer> {
        self.azure.as_ref()
    }

    /// All nodes.
    pub fn nodes(&mut self) -> &mut [Node] {
        &mut self.nodes
    }

    /// `HOST:PORT` of each node.
    pub fn addresses(&self) -> Vec<String> {
        self.nodes.iter().map(|node| node.address().to_owned()).collect()
    }

    /// Starts a stopped node, and tells the balancer its address.
    pub fn start_again(&mut self, number: usize) {
        self.try_start_again(number).unwrap_or_else(|why| panic!("node {number}: {why}"));
    }

    /// The same, if the stores may not be ready for a start.
    pub fn try_start_again(&mut self, number: usize) -> Result<(), String> {
        self.nodes[number].try_start_again()?;
        self.balancer.set(number, self.nodes[number].address().parse().ok());
        Ok(())
    }

    /// Kills a node.
    pub fn kill(&mut self, number: usize) {
        self.nodes[number].kill();
    }

    /// Asks all nodes to stop, and does not wait.
    pub fn terminate(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.process().terminate());
    }

    /// Has one of them ended?
    pub fn has_ended(&mut self) -> bool {
        self.nodes.iter_mut().any(|node| node.process().has_ended().is_some())
    }

    /// Waits for the stop, and requires that each was clean.
    pub fn await_end(&mut self, patience: Duration) {
        for (number, node) in self.nodes.iter_mut().enumerate() {
            let ended = node.process().await_end(patience);
            assert!(
                ended.is_some_and(|status| status.success()),
                "asked to end, node {number} did not within {patience:?}, or not well: {ended:?}"
            );
        }
    }

    /// The rows that all nodes share.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The stores.
    pub fn stores(&self) -> Arc<Stores> {
        Arc::clone(&self.stores)
    }

    /// The prefix of all object keys.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The variables that tell a command or a node where the stores are, without proxies.
    pub fn variables(&self) -> Vec<(String, String)> {
        let bytes = Bytes::of(&self.stores, self.azure.as_ref());
        variables(&self.database.url(), &self.prefix, bytes)
    }

    /// A run of one of the binary's other commands, as the root user behind the balancer.
    pub fn longshore<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Invocation {
        let url = format!("http://{}", self.address());
        let run = Invocation::new(longshore(), &self.folder)
            .args(arguments)
            .env("AWS_ENDPOINT_URL", url)
            .env("AWS_REGION", crate::REGION)
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY);
        self.variables().iter().fold(run, |run, (name, value)| run.env(name, value))
    }

    /// The password of the user `AWS`, requested through the balancer.
    pub fn password(&self) -> String {
        crate::client::registry_password(&self.address())
    }

    /// A logged-in client whose requests go to one node after the other.
    pub fn client(&self) -> Client {
        Client::logged_in(&self.address(), &self.password())
    }

    /// A logged-in client of each node.
    pub fn clients(&self) -> Vec<Client> {
        let password = self.password();
        let nodes = self.nodes.iter();
        nodes.map(|node| Client::logged_in(node.address(), &password)).collect()
    }

    /// The logs of the nodes, one after the other.
    pub fn log(&self) -> String {
        self.nodes.iter().map(Node::log).collect()
    }

    fn keep_folder(&mut self) {
        let Some(folder) = self.own_folder.take() else { return };
        let kept = folder.keep();
        eprintln!("the nodes' files are kept in {}; their logs end with", kept.display());
        for (number, node) in self.nodes.iter().enumerate() {
            let log = node.log();
            let lines: Vec<&str> = log.lines().collect();
            for line in &lines[lines.len().saturating_sub(15)..] {
                eprintln!("  {number}: {line}");
            }
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if thread::panicking() {
            self.keep_folder();
        }
    }
}
