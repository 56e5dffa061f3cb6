//! Real servers, each with a bucket of its own, for tests that run on each.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use blobs::{BucketConfig, BucketStore, Patience};
use tokio::runtime::Handle;

use crate::azure_server::AzureServer;
use crate::google_server::GoogleServer;
use crate::s3_server::S3Server;

pub(crate) enum Server {
    S3(S3Server),
    Azure(AzureServer),
    Google(GoogleServer),
}

impl Server {
    /// One of each kind that there is here; says so if there is none.
    pub(crate) fn each(test: &str) -> impl Iterator<Item = Self> {
        let s3 = S3Server::start(test).map(Self::S3);
        let azure = AzureServer::start(test).map(Self::Azure);
        let google = GoogleServer::start(test).map(Self::Google);
        s3.into_iter().chain(azure).chain(google)
    }

    pub(crate) fn port(&self) -> u16 {
        match self {
            Self::S3(s3) => s3.port,
            Self::Azure(azure) => azure.port,
            Self::Google(google) => google.port,
        }
    }

    /// What a node would have that uses this server, at `port`, which may be a proxy's.
    pub(crate) fn config_at(&self, port: u16, prefix: &str) -> BucketConfig {
        match self {
            Self::S3(_) => crate::s3_server::config(port, prefix),
            Self::Azure(_) => crate::azure_server::config(port, prefix),
            Self::Google(_) => crate::google_server::config(port, prefix),
        }
    }

    pub(crate) fn node_at(&self, port: u16, prefix: &str) -> BucketStore {
        BucketStore::new(&self.config_at(port, prefix), Handle::current()).unwrap()
    }

    pub(crate) fn node(&self, prefix: &str) -> BucketStore {
        self.node_at(self.port(), prefix)
    }

    /// All that the bucket holds, with what belongs to unfinished uploads.
    pub(crate) fn kept(&self) -> Vec<String> {
        match self {
            Self::S3(s3) => {
                s3.files().iter().map(|file| file.to_string_lossy().into_owned()).collect()
            }
            Self::Google(google) => {
                google.files().iter().map(|file| file.to_string_lossy().into_owned()).collect()
            }
            Self::Azure(azure) => azure.kept(),
        }
    }
}

/// Starts a script that serves until its input ends, and says `ready PORT`.
pub(crate) fn start_script(serve: &mut Command) -> (Child, u16) {
    let mut child = serve.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.strip_prefix("ready ").and_then(|port| port.trim().parse().ok());
    (child, port.expect("it says where it listens"))
}

/// Short enough for a test that waits for its end.
pub(crate) fn patience() -> Patience {
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
