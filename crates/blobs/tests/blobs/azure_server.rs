//! A real server that speaks Azure Blob Storage, in a process of its own.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command};

use blobs::{AzureConfig, AzureCredential, BucketConfig, CloudConfig};

use crate::proxy::fetch;
use crate::servers::{patience, start_script};

pub(crate) const ACCOUNT: &str = "anaccount";
pub(crate) const KEY: &str = "YS1rZXktb2YtYW4tYWNjb3VudA==";

pub(crate) struct AzureServer {
    pub(crate) port: u16,
    child: Child,
}

impl AzureServer {
    /// `None`, and says so, if there is no such server here.
    pub(crate) fn start(test: &str) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let tools = root.join(".tools/azurite");
        if !tools.join("node_modules/azurite").exists() {
            // Not `println!`, which the test harness keeps to itself when a test passes.
            let says =
                format!("SKIPPED: {test}: there is no azurite; tests/install.sh installs it\n");
            std::io::stderr().write_all(says.as_bytes()).unwrap();
            return None;
        }
        let mut serve = Command::new("node");
        serve.arg(root.join("tests/tools/azurite/serve.cjs")).arg(tools);
        let (child, port) = start_script(serve.args([ACCOUNT, KEY, "bucket"]));
        Some(Self { port, child })
    }

    /// The names of all that is in the container, as Azure tells them to whoever has no key but may look.
    pub(crate) fn kept(&self) -> Vec<String> {
        let port = self.port;
        let (status, body) = fetch(&format!(
            "http://127.0.0.1:{port}/{ACCOUNT}/bucket?restype=container&comp=list&include=uncommittedblobs"
        ));
        assert_eq!(status, "HTTP/1.1 200 OK");
        let body = String::from_utf8(body).unwrap();
        let names = body.split("<Name>").skip(1);
        names.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
    }
}

impl Drop for AzureServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn config(port: u16, prefix: &str) -> BucketConfig {
    let azure = AzureConfig {
        account: ACCOUNT.to_owned(),
        credential: AzureCredential::AccessKey(KEY.to_owned().into()),
        endpoint: Some(format!("http://127.0.0.1:{port}/{ACCOUNT}")),
        allow_http: true,
    };
    BucketConfig {
        bucket: "bucket".to_owned(),
        prefix: prefix.to_owned(),
        cloud: CloudConfig::Azure(azure),
        patience: patience(),
    }
}
