use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, OnceLock};

use super::database::{Database, own_prefix};
use super::place::Place;
use crate::skipped;
use crate::watched::Watched;

const SERVER: &str = include_str!("server.sh");
const LEFTOVERS: &str = include_str!("leftovers.sh");

/// The number in the name of the socket of a server that listens on no port.
const PORT: u16 = 5432;

/// A server. One that was started here runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct Postgres {
    place: Place,
    /// The shell that runs it; `None` if it belongs to another process.
    shell: Option<Mutex<Watched>>,
}

impl Postgres {
    /// The variable that hands a server to processes of tests: the folder of its socket, its port,
    /// and the folder of its programs, as `FOLDER:PORT:PROGRAMS`.
    pub const HANDED_OVER: &str = "LONGSHORE_TEST_POSTGRES";

    /// The server that the tests of this process share; `None`, with a note in the run's output, if
    /// there is no PostgreSQL.
    pub fn shared() -> Option<&'static Self> {
        static TOLD: Once = Once::new();
        Self::try_shared()
            .inspect_err(|why| TOLD.call_once(|| skipped("rows on PostgreSQL", why)))
            .ok()
    }

    /// The same, or why there is none.
    pub fn try_shared() -> Result<&'static Self, &'static str> {
        static SHARED: OnceLock<Result<Postgres, String>> = OnceLock::new();
        SHARED.get_or_init(Self::handed_over_or_own).as_ref().map_err(String::as_str)
    }

    /// The server that was passed to this process, or else a new one.
    pub fn handed_over_or_own() -> Result<Self, String> {
        let Ok(text) = env::var(Self::HANDED_OVER) else { return Self::start() };
        let place = Place::parse(&text)
            .unwrap_or_else(|| panic!("{} is not FOLDER:PORT:PROGRAMS: {text}", Self::HANDED_OVER));
        drop_databases_at_the_end(&place)?;
        Ok(Self { place, shell: None })
    }

    /// Starts a server for this process, or says why it cannot.
    pub fn start() -> Result<Self, String> {
        Self::start_with(PORT, &[])
    }

    /// The same, which listens on a port of this machine as well, with the `server.crt` and
    /// `server.key` of a folder.
    pub fn start_with_tls(folder: &Path, port: u16) -> Result<Self, String> {
        let text = port.to_string();
        Self::start_with(port, &[folder.as_os_str(), OsStr::new(&text)])
    }

    fn start_with(port: u16, arguments: &[&OsStr]) -> Result<Self, String> {
        let (shell, said) = Watched::start(SERVER, arguments)?;
        let [folder, programs] = &*said else { return Err(format!("it says {said:?}")) };
        let place = Place { folder: folder.into(), port, programs: programs.into() };
        Ok(Self { place, shell: Some(Mutex::new(shell)) })
    }

    /// The value of [`Self::HANDED_OVER`] for processes that use this server.
    pub fn as_handed_over(&self) -> String {
        self.place.to_string()
    }

    /// Makes a database with nothing in it.
    pub fn database(&self) -> Database {
        Database::create(&self.place, None)
    }

    /// Copies a database without connections: cheaper than repeating the work that was done on it.
    pub fn copy_of(&self, template: &Database) -> Database {
        Database::create(&self.place, Some(template))
    }

    /// The socket that it listens on.
    pub fn socket(&self) -> PathBuf {
        self.place.socket()
    }

    /// Stops it cleanly, after running work has ended.
    pub fn stop(&self) {
        self.order("stop", "stopped");
    }

    /// Stops it as if its power had failed.
    pub fn crash(&self) {
        self.order("crash", "stopped");
    }

    /// Starts it again.
    pub fn start_again(&self) {
        self.order("start", "ready");
    }

    fn order(&self, order: &str, done: &str) {
        let shell = self.shell.as_ref();
        let shell = shell.expect("a test that stops a server has started it: others use this one");
        shell.lock().expect("nothing panics while it holds this").order(order, done);
    }
}

/// Starts a shell that waits for the end of this process, and then drops the databases that it made
/// on another process's server.
fn drop_databases_at_the_end(place: &Place) -> Result<(), String> {
    static SHELL: OnceLock<Result<Watched, String>> = OnceLock::new();
    let start = || {
        let (port, prefix) = (place.port.to_string(), own_prefix());
        let (folder, programs) = (place.folder.as_os_str(), place.programs.as_os_str());
        let arguments = [folder, OsStr::new(&port), programs, OsStr::new(&prefix)];
        Watched::start(LEFTOVERS, &arguments).map(|(shell, _)| shell)
    };
    SHELL.get_or_init(start).as_ref().map(|_| ()).map_err(Clone::clone)
}
