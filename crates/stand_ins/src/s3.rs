//! A real S3 server, with one bucket in a temporary folder.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crate::files::files_below;
use crate::tools::installed;
use crate::watched::Watched;
use crate::{BUCKET, free_port};

const SCRIPT: &str = include_str!("s3.sh");

const START_PATIENCE: Duration = Duration::from_secs(20);

/// For one answer of the program that listens at the port, about the server's health.
const ANSWER_PATIENCE: Duration = Duration::from_secs(5);

/// Another process may take a port between our check and the server's start, but not repeatedly.
const PORTS_TRIED: usize = 5;

/// A server that runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct S3Server {
    /// Its port on this machine.
    pub port: u16,
    folder: PathBuf,
    name: String,
    shell: Watched,
}

impl S3Server {
    /// Starts one, or says why it cannot.
    pub fn start() -> Result<Self, String> {
        for _ in 0..PORTS_TRIED {
            let server = Self::start_at(free_port())?;
            if server.answers() {
                return Ok(server);
            }
        }
        Err(format!("the S3 server starts at none of {PORTS_TRIED} ports"))
    }

    fn start_at(port: u16) -> Result<Self, String> {
        let (program, text) = (installed("bin/versitygw"), port.to_string());
        let (shell, said) = Watched::start(SCRIPT, &[program.as_os_str(), OsStr::new(&text)])?;
        let [folder, name] = &*said else { return Err(format!("it says {said:?}")) };
        Ok(Self { port, folder: folder.into(), name: name.clone(), shell })
    }

    /// Kills it like a power cut. The bucket stays.
    pub fn kill(&mut self) {
        self.shell.order("kill", "stopped");
    }

    /// Starts it again, at the same port.
    pub fn start_again(&mut self) {
        self.shell.order("start", "ready");
        assert!(self.answers(), "the S3 server does not start again at port {}", self.port);
    }

    /// The URL for a node's objects whose keys begin with this prefix, which may be empty.
    pub fn address(prefix: &str) -> String {
        format!("s3://{BUCKET}/{prefix}")
    }

    /// The variables with which a node reaches it at a port, which may be a proxy's.
    pub fn variables(port: u16) -> [(&'static str, String); 5] {
        [
            ("LONGSHORE_S3_ENDPOINT", format!("http://127.0.0.1:{port}")),
            ("LONGSHORE_S3_REGION", "us-east-1".to_owned()),
            ("LONGSHORE_S3_ACCESS_KEY_ID", "an-id".to_owned()),
            ("LONGSHORE_S3_SECRET_ACCESS_KEY", "a-secret".to_owned()),
            ("LONGSHORE_S3_ALLOW_HTTP", "true".to_owned()),
        ]
    }

    /// One of these variables.
    pub fn variable(port: u16, name: &str) -> Option<String> {
        Self::variables(port).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All files in the bucket, those of unfinished uploads among them.
    pub fn files(&self) -> Vec<PathBuf> {
        files_below(&self.folder.join(BUCKET))
    }

    /// Waits until it answers; `false` if it never does, because another process has the port.
    fn answers(&self) -> bool {
        let asked = Instant::now();
        loop {
            match self.health() {
                Some(200) => return true,
                // Another test's server does not know this path: ours has ended, because the port
                // is taken.
                Some(_) => return false,
                None if asked.elapsed() > START_PATIENCE => return false,
                None => thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// The status with which the health of the server of this name is answered; `None` while
    /// nothing answers.
    fn health(&self) -> Option<u16> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        connection.set_read_timeout(Some(ANSWER_PATIENCE)).ok()?;
        let (name, mut answer) = (&self.name, String::new());
        let request =
            format!("GET /{name} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
        connection.write_all(request.as_bytes()).ok()?;
        connection.read_to_string(&mut answer).ok()?;
        answer.split(' ').nth(1)?.parse().ok()
    }
}
