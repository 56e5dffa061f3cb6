//! What stands behind nodes: PostgreSQL for rows, an S3 server for bytes, and before that a proxy
//! that counts.
//!
//! Both sync what they acknowledge, as they come: PostgreSQL with its defaults, versitygw into
//! files of this disk.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use anyhow::{Context, Result, ensure};

use super::launch::{Launch, Ready, Running, free_address};

pub(super) const BUCKET: &str = "bench";
pub(super) const S3_KEY_ID: &str = "bench";
pub(super) const S3_SECRET: &str = "benchbenchbenchbench";

/// A throw-away database.
pub(crate) struct Database {
    running: Running,
    address: SocketAddr,
    psql: PathBuf,
}

/// A throw-away store.
pub(super) struct Store {
    _running: Running,
    /// Its address, through the proxy.
    pub(super) address: SocketAddr,
    pub(super) written: Arc<AtomicU64>,
    /// The files of the bucket.
    pub(super) bucket: PathBuf,
}

impl Database {
    pub(super) fn start(folder: &Path) -> Result<Self> {
        let folder = folder.join("postgres");
        fs::create_dir_all(&folder)?;
        let programs = postgres_programs()?;
        let rows = folder.join("rows");
        let mut initdb = as_postgres(&folder)?;
        initdb.push(programs.join("initdb").display().to_string());
        initdb.extend(
            ["-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "-D"].map(str::to_owned),
        );
        initdb.push(rows.display().to_string());
        let made = Command::new(&initdb[0]).args(&initdb[1..]).current_dir(&folder).output()?;
        ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let address = free_address()?;
        let mut words = as_postgres(&folder)?;
        words.push(programs.join("postgres").display().to_string());
        words.extend(["-D".to_owned(), rows.display().to_string()]);
        words.extend(["-k".to_owned(), folder.display().to_string()]);
        for setting in ["listen_addresses=127.0.0.1", "max_connections=200", "shared_buffers=512MB"]
        {
            words.extend(["-c".to_owned(), setting.to_owned()]);
        }
        words.extend(["-c".to_owned(), format!("port={}", address.port())]);
        let launch = Launch {
            program: PathBuf::from(words.remove(0)),
            arguments: words,
            environment: Vec::new(),
            ready: Ready::Accepts(address),
            folder,
        };
        Ok(Self { running: launch.start()?, address, psql: programs.join("psql") })
    }

    pub(super) fn url(&self) -> String {
        format!("postgres://bench@{}/postgres", self.address)
    }

    pub(super) fn process(&self) -> u32 {
        self.running.process()
    }

    /// Has the database do something to its rows by itself: each line a statement.
    pub(crate) fn run(&self, lines: &[&str]) -> Result<()> {
        let mut psql = Command::new(&self.psql);
        psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", &self.url()]);
        for line in lines {
            psql.args(["-c", line]);
        }
        let done = psql.output().context("psql")?;
        ensure!(done.status.success(), "psql: {}", String::from_utf8_lossy(&done.stderr));
        Ok(())
    }
}

fn postgres_programs() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .context("there is no PostgreSQL here (Debian: postgresql)")?
        .map(|entry| entry.map(|entry| entry.path().join("bin")))
        .collect::<io::Result<_>>()?;
    found.sort();
    found.pop().context("there is no PostgreSQL here (Debian: postgresql)")
}

/// The prefix of a command that must not run as root; the folder then belongs to that user.
fn as_postgres(folder: &Path) -> Result<Vec<String>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(vec!["/usr/bin/env".to_owned()]);
    }
    let given = Command::new("chown").arg("postgres").arg(folder).status()?;
    ensure!(given.success(), "{} cannot be given to the user postgres", folder.display());
    let words = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
    Ok(words.map(str::to_owned).into())
}

impl Store {
    pub(super) fn start(program: &Path, folder: &Path) -> Result<Self> {
        ensure!(program.exists(), "no S3 server at {}: run tests/install.sh", program.display());
        let folder = folder.join("s3");
        let objects = folder.join("objects");
        // A bucket is a folder.
        let bucket = objects.join(BUCKET);
        fs::create_dir_all(&bucket)?;
        let address = free_address()?;
        let words =
            ["--access", S3_KEY_ID, "--secret", S3_SECRET, "--keep-alive", "--quiet", "--port"];
        let mut arguments: Vec<String> = words.map(str::to_owned).into();
        arguments.extend([address.to_string(), "posix".to_owned(), objects.display().to_string()]);
        let launch = Launch {
            program: program.canonicalize()?,
            arguments,
            environment: Vec::new(),
            ready: Ready::Accepts(address),
            folder,
        };
        let running = launch.start()?;
        let written = Arc::new(AtomicU64::new(0));
        let address = count(address, written.clone())?;
        Ok(Self { _running: running, address, written, bucket })
    }
}

/// Forwards connections to `to`, and counts the bytes sent: heads and bodies.
fn count(to: SocketAddr, written: Arc<AtomicU64>) -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let written = written.clone();
            thread::spawn(move || pass_on(&client, to, &written));
        }
    });
    Ok(address)
}

/// A connection that breaks is its two ends' affair.
fn pass_on(client: &TcpStream, to: SocketAddr, written: &Arc<AtomicU64>) -> io::Result<()> {
    let server = TcpStream::connect(to)?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (back_from, back_to) = (server.try_clone()?, client.try_clone()?);
    let back = thread::spawn(move || copy(&back_from, &back_to, |_| {}));
    let forth = copy(client, &server, |bytes| {
        written.fetch_add(bytes, Ordering::Relaxed);
    });
    // The other direction ends by itself, with the connection.
    let _ = back.join();
    forth
}

fn copy(mut from: &TcpStream, mut to: &TcpStream, note: impl Fn(u64)) -> io::Result<()> {
    let mut buffer = vec![0; 256 << 10];
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return to.shutdown(Shutdown::Write);
        }
        to.write_all(&buffer[..length])?;
        note(length as u64);
    }
}
