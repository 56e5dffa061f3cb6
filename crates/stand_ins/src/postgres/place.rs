use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::thread::sleep;
use std::time::Duration;

/// How PostgreSQL begins its refusal of a transaction that it gave up to end a deadlock. Nothing of
/// the transaction was done.
const DEADLOCK: &str = "ERROR:  deadlock detected";
const DEADLOCK_PAUSE: Duration = Duration::from_millis(100);
const TRIES_MAX: u32 = 20;

/// The place of a server, and of the programs to reach it. Written as `FOLDER:PORT:PROGRAMS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder of its socket.
    pub(super) folder: PathBuf,
    /// The number in its socket's name, and its port if it listens on one.
    pub(super) port: u16,
    /// The folder of `psql`.
    pub(super) programs: PathBuf,
}

impl Place {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        let [folder, port, programs] = *parts else { return None };
        let is_there = !folder.is_empty() && !programs.is_empty();
        let port = port.parse().ok()?;
        is_there.then(|| Self { folder: folder.into(), port, programs: programs.into() })
    }

    /// The socket.
    pub(super) fn socket(&self) -> PathBuf {
        self.folder.join(format!(".s.PGSQL.{}", self.port))
    }

    /// Runs SQL in a database, as one transaction. Returns the output. Servers may be at work on
    /// the same rows: SQL that loses to their transactions runs again.
    pub(super) fn psql(&self, database: &str, sql: &str) -> String {
        let mut tries = 1;
        loop {
            let output = self.run(database, sql);
            let said = String::from_utf8_lossy(&output.stderr);
            if said.contains(DEADLOCK) && tries < TRIES_MAX {
                tries += 1;
                sleep(DEADLOCK_PAUSE);
                continue;
            }
            assert!(output.status.success(), "{sql}: {said} (the server is {self})");
            return String::from_utf8_lossy(&output.stdout).trim().to_owned();
        }
    }

    fn run(&self, database: &str, sql: &str) -> Output {
        Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "longshore"])
            .args(["-p", &self.port.to_string(), "-d", database, "-c", sql, "-h"])
            .arg(&self.folder)
            .output()
            .unwrap_or_else(|error| panic!("psql of {self}: {error}"))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { folder, port, programs } = self;
        write!(f, "{}:{port}:{}", folder.display(), programs.display())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        #[rustfmt::skip]
        let cases = [
            ("/tmp/rows:5432:/usr/bin",   true,  "folder, port, programs"),
            ("/tmp/rows:5432",            false, "the programs are missing"),
            ("/tmp/rows:many:/usr/bin",   false, "that is no port"),
            (":5432:/usr/bin",            false, "the folder is missing"),
            ("/tmp/rows:5432:/usr/bin:/", false, "one too many"),
            ("",                          false, "nothing"),
        ];
        for (text, is_place, because) in cases {
            let place = Place::parse(text);
            assert_eq!(place.is_some(), is_place, "{because}: {place:?}");
            assert!(place.is_none_or(|place| place.to_string() == text), "{because}");
        }
    }
}
