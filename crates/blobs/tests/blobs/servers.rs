//! Real servers, each with its own bucket, for tests that run on each.

use std::path::PathBuf;
use std::time::Duration;

use blobs::{BucketConfig, BucketStore, Patience};
use stand_ins::{AzureServer, GoogleServer, S3Server, fetch, or_skipped};
use tokio::runtime::Handle;

pub(crate) enum Server {
    S3(S3Server),
    Azure(AzureServer),
    Google(GoogleServer),
}

/// The store of a node that uses this server.
pub(crate) trait Nodes {
    fn port(&self) -> u16;

    /// At `port`, which may be a proxy's.
    fn config_at(&self, port: u16, prefix: &str) -> BucketConfig;

    fn node_at(&self, port: u16, prefix: &str) -> BucketStore {
        BucketStore::new(&self.config_at(port, prefix), Handle::current()).unwrap()
    }

    fn node(&self, prefix: &str) -> BucketStore {
        self.node_at(self.port(), prefix)
    }
}

impl Server {
    /// One of each kind that this machine has; notes in the output if there is none.
    pub(crate) fn each(test: &str) -> impl Iterator<Item = Self> {
        let s3 = or_skipped(test, S3Server::start()).map(Self::S3);
        let azure = or_skipped(test, AzureServer::start()).map(Self::Azure);
        let google = or_skipped(test, GoogleServer::start()).map(Self::Google);
        s3.into_iter().chain(azure).chain(google)
    }

    /// Everything in the bucket, including unfinished uploads.
    pub(crate) fn kept(&self) -> Vec<String> {
        match self {
            Self::S3(s3) => texts(&s3.files()),
            Self::Google(google) => texts(&google.files()),
            Self::Azure(azure) => kept_on_azure(azure),
        }
    }
}

fn texts(files: &[PathBuf]) -> Vec<String> {
    files.iter().map(|file| file.to_string_lossy().into_owned()).collect()
}

/// The names of all that is in the container, as Azure tells them to a client that has no key but
/// may look.
pub(crate) fn kept_on_azure(server: &AzureServer) -> Vec<String> {
    let (port, account, container) = (server.port, AzureServer::ACCOUNT, &server.container);
    let (status, body) = fetch(&format!(
        "http://127.0.0.1:{port}/{account}/{container}?restype=container&comp=list&include=uncommittedblobs"
    ));
    assert_eq!(status, "HTTP/1.1 200 OK");
    let body = String::from_utf8(body).unwrap();
    let names = body.split("<Name>").skip(1);
    names.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

impl Nodes for Server {
    fn port(&self) -> u16 {
        match self {
            Self::S3(s3) => s3.port(),
            Self::Azure(azure) => azure.port(),
            Self::Google(google) => google.port(),
        }
    }

    fn config_at(&self, port: u16, prefix: &str) -> BucketConfig {
        match self {
            Self::S3(s3) => s3.config_at(port, prefix),
            Self::Azure(azure) => azure.config_at(port, prefix),
            Self::Google(google) => google.config_at(port, prefix),
        }
    }
}

impl Nodes for S3Server {
    fn port(&self) -> u16 {
        self.port
    }

    fn config_at(&self, port: u16, prefix: &str) -> BucketConfig {
        config(&Self::address(prefix), |name| Self::variable(port, name))
    }
}

impl Nodes for AzureServer {
    fn port(&self) -> u16 {
        self.port
    }

    fn config_at(&self, port: u16, prefix: &str) -> BucketConfig {
        config(&self.address(prefix), |name| Self::variable(port, name))
    }
}

impl Nodes for GoogleServer {
    fn port(&self) -> u16 {
        self.port
    }

    fn config_at(&self, port: u16, prefix: &str) -> BucketConfig {
        config(&Self::address(prefix), |name| Self::variable(port, name))
    }
}

fn config(address: &str, variable: impl Fn(&str) -> Option<String>) -> BucketConfig {
    BucketConfig { patience: patience(), ..BucketConfig::parse(address, variable).unwrap() }
}

/// Short enough for a test that waits for its end.
fn patience() -> Patience {
    Patience {
        request: Duration::from_secs(20),
        read: Duration::from_secs(10),
        retries: 4,
        pause: Duration::from_millis(10),
        pause_max: Duration::from_millis(50),
        failures_max: 3,
        rest: Duration::from_millis(400),
        ..Patience::default()
    }
}
