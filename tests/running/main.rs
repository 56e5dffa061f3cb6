//! Running the server: the defaults, the settings and how mistakes are refused, TLS, shutdown, the
//! pages, the health check, the log, and clients that hold connections silently or request too
//! much.

mod configure;
mod corrupt;
mod external_kms;
mod health;
mod hosts;
mod http2;
mod limits;
mod log;
mod lost;
mod pages;
mod refused_early;
mod secrets;
mod start;
mod stop;
mod tls;

use std::fs;
use std::path::{Path, PathBuf};

use black_box::{
    AccessKey, Connection, Ended, Invocation, Process, Server, authorization, longshore,
};
use serde_json::Value;
use tempfile::TempDir;

/// Arguments of a command line.
type Arguments<'a> = &'a [&'a str];

/// Variables of the environment.
type Variables<'a> = &'a [(&'a str, &'a str)];

/// A folder in which a person starts servers by hand.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::with_prefix("longshore-").expect("a temporary folder can be made"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// Starts a server on a free port, on the folder `data`.
    fn serve(&self, arguments: Arguments<'_>, variables: Variables<'_>) -> Process {
        let mut command = Process::serve(&self.data());
        command.args(arguments).envs(variables.iter().copied()).current_dir(self.path());
        Process::start(command, self.path())
    }

    /// Runs the binary to its end.
    fn run(&self, arguments: Arguments<'_>, variables: Variables<'_>) -> Ended {
        let run = Invocation::new(longshore(), self.path()).args(arguments);
        variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run()
    }

    /// Starts a server that must not start; returns its reason.
    fn refused(&self, arguments: Arguments<'_>, variables: Variables<'_>) -> String {
        let listen = ["serve", "--listen", "127.0.0.1:0"];
        let ended = self.run(&[&listen, arguments].concat(), variables);
        assert!(!ended.succeeded(), "{ended}");
        assert_eq!(ended.stdout, "", "{ended}");
        ended.stderr
    }

    /// The server's file about its root key.
    fn root_key(&self, account: &str) -> Value {
        let path = self.data().join(format!("root-access-key-{account}.json"));
        let text = fs::read(path).expect("a server that started has left its root key");
        serde_json::from_slice(&text).expect("the file is JSON")
    }
}

/// Begins a request as the user `AWS`: a request line without its version, more headers, the start
/// of a body.
fn send_start(server: &Server, request: &str, headers: &str, body: &[u8]) -> Connection {
    let mut connection = Connection::open(server.address()).expect("the server takes connections");
    let words = authorization(server.password());
    let head = format!("{request} HTTP/1.1\r\nhost: x\r\nauthorization: {words}\r\n{headers}\r\n");
    connection.send_bytes(&[head.as_bytes(), body].concat()).expect("the server takes bytes");
    connection
}

fn access_key(written: &Value) -> AccessKey {
    let text = |name: &str| written[name].as_str().expect("a key has both halves").to_owned();
    AccessKey { id: text("AccessKeyId"), secret: text("SecretAccessKey") }
}

fn address(url: &str) -> &str {
    url.split_once("://").expect("a URL has a scheme").1
}

const ACCOUNT: &str = "123456789012";
