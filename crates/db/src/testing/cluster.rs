use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, Once, OnceLock};

use crate::Db;

const SCRIPT: &str = include_str!("cluster.sh");

/// A server that runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    shell: Mutex<Shell>,
    databases: AtomicU32,
    newest: OnceLock<Database>,
}

#[derive(Debug)]
struct Shell {
    process: Child,
    /// Taken when the cluster goes: its end is what the shell waits for.
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// A database with nothing in it.
#[derive(Debug, Clone)]
pub struct Database {
    /// Where it is, for [`crate::Db::connect`].
    pub url: String,
    name: String,
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// The server that the tests of this process share; `None`, told to whoever reads the run, if there is no PostgreSQL.
    pub fn shared() -> Option<&'static Self> {
        static TOLD: Once = Once::new();
        Self::of_the_process()
            .inspect_err(|why| {
                // Past the test runner's capture, which would hide it. A closed standard error leaves nobody to tell.
                TOLD.call_once(|| {
                    drop(writeln!(std::io::stderr(), "SKIPPED: rows on PostgreSQL: {why}"));
                });
            })
            .ok()
    }

    /// The same, or why there is none.
    pub(super) fn of_the_process() -> Result<&'static Self, &'static str> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(None)).as_ref().map_err(String::as_str)
    }

    /// Starts a server of its own. With a folder of `server.crt` and `server.key`, and a port, it is there as well, with TLS.
    pub fn start(tls: Option<(&Path, u16)>) -> Result<Self, String> {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "cluster.sh"]);
        if let Some((folder, port)) = tls {
            command.arg(folder).arg(port.to_string());
        }
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = spawned.map_err(|error| format!("there is no shell: {error}"))?;
        let orders = process.stdin.take();
        let answers = process.stdout.take().expect("its output is a pipe");
        let mut shell = Shell { process, orders, answers: BufReader::new(answers) };
        let answer = shell.answer();
        let mut words = answer.split_whitespace();
        let (Some("ready"), Some(folder), Some(programs)) =
            (words.next(), words.next(), words.next())
        else {
            return Err(answer.trim_start_matches("missing: ").to_owned());
        };
        Ok(Self {
            folder: folder.into(),
            programs: programs.into(),
            port: tls.map_or(5432, |(_, port)| port),
            shell: Mutex::new(shell),
            databases: AtomicU32::new(0),
            newest: OnceLock::new(),
        })
    }

    /// Makes a database with nothing in it.
    pub fn database(&self) -> Database {
        self.copy_of("template1")
    }

    /// Makes a database with the newest schema and no rows: a copy of one that was brought there, which takes half the time.
    pub(super) fn newest_database(&self) -> Database {
        let newest = self.newest.get_or_init(|| {
            let database = self.database();
            Db::connect(&database.url, 1).expect("an empty database can be opened");
            database
        });
        self.copy_of(&newest.name)
    }

    fn copy_of(&self, template: &str) -> Database {
        let name = format!("rows_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let Self { folder, programs, port, .. } = self;
        let url = format!("postgres://longshore@/{name}?host={}&port={port}", folder.display());
        let (folder, programs) = (folder.clone(), programs.clone());
        let database = Database { url, name, folder, programs, port: *port };
        database
            .psql("postgres", &format!("CREATE DATABASE {} TEMPLATE {template}", database.name));
        database
    }

    /// Stops the server: politely, with what runs ended.
    pub fn stop(&self) {
        self.order("stop", "stopped");
    }

    /// Stops the server as if its power had failed.
    pub fn crash(&self) {
        self.order("crash", "stopped");
    }

    /// Starts the server again.
    pub fn start_again(&self) {
        self.order("start", "ready");
    }

    fn order(&self, order: &str, done: &str) {
        let mut shell = self.shell.lock().expect("nothing panics while it holds this");
        let orders = shell.orders.as_mut().expect("there until drop");
        writeln!(orders, "{order}").expect("the shell reads as long as this lives");
        assert_eq!(shell.answer(), done, "what the shell answers to {order}");
    }
}

impl Shell {
    fn answer(&mut self) -> String {
        let mut line = String::new();
        let read = self.answers.read_line(&mut line);
        read.map_or_else(|error| error.to_string(), |_| line.trim_end().to_owned())
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        drop(self.orders.take());
        // It stops the server and removes the folder; what fails there, nobody waits for.
        drop(self.process.wait());
    }
}

impl Database {
    /// Loses all that is in it, and whoever is connected to it.
    pub fn lose(&self) {
        self.psql("postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        self.psql("postgres", &format!("CREATE DATABASE {}", self.name));
    }

    /// Runs SQL past the program, as its operator could.
    pub fn alter(&self, sql: &str) -> String {
        self.psql(&self.name, sql)
    }

    fn psql(&self, database: &str, sql: &str) -> String {
        let output = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "longshore"])
            .args(["-p", &self.port.to_string(), "-d", database, "-c", sql, "-h"])
            .arg(&self.folder)
            .output()
            .expect("psql comes with the server");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}
