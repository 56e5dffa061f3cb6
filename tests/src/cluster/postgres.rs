//! A PostgreSQL of one's own, on a socket in a folder that goes with it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::cluster::watched::Watched;

/// The one that the tests of `db` run as well.
const SCRIPT: &str = include_str!("../../../crates/db/src/testing/cluster.sh");

/// A server that runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    shell: Mutex<Watched>,
    databases: AtomicU32,
}

/// A database with nothing in it.
#[derive(Debug, Clone)]
pub struct Database {
    name: String,
    folder: PathBuf,
    programs: PathBuf,
}

impl Postgres {
    /// Starts one, or says why there is none.
    pub fn start() -> Result<Self, String> {
        let (shell, said) = Watched::start(SCRIPT, &[], &[])?;
        let [folder, programs] = &*said else { return Err(format!("it says {said:?}")) };
        let (folder, programs) = (folder.into(), programs.into());
        Ok(Self { folder, programs, shell: Mutex::new(shell), databases: AtomicU32::new(0) })
    }

    /// Makes a database.
    pub fn database(&self) -> Database {
        let name = format!("rows_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let (folder, programs) = (self.folder.clone(), self.programs.clone());
        let database = Database { name, folder, programs };
        database.psql("postgres", &format!("CREATE DATABASE {}", database.name));
        database
    }

    /// The socket it listens on.
    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Stops it as if its power had failed.
    pub fn crash(&self) {
        self.shell().order("crash", "stopped");
    }

    /// Starts it again.
    pub fn start_again(&self) {
        self.shell().order("start", "ready");
    }

    fn shell(&self) -> std::sync::MutexGuard<'_, Watched> {
        self.shell.lock().expect("nothing panics while it holds this")
    }
}

impl Database {
    /// Where it is, past all proxies.
    pub fn url(&self) -> String {
        format!("postgres://longshore@/{}?host={}", self.name, self.folder.display())
    }

    /// Where it is, through a proxy at a port.
    pub fn url_at(&self, port: u16) -> String {
        format!("postgres://longshore@127.0.0.1:{port}/{}", self.name)
    }

    /// Runs SQL past the program, as its operator could.
    pub fn sql(&self, sql: &str) -> String {
        self.psql(&self.name, sql)
    }

    /// Where the server keeps everything.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn psql(&self, database: &str, sql: &str) -> String {
        let output = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "longshore"])
            .args(["-p", "5432", "-d", database, "-c", sql, "-h"])
            .arg(&self.folder)
            .output()
            .expect("psql comes with the server");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}
