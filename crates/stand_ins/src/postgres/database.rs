use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use super::place::Place;

/// A database of one test.
#[derive(Debug, Clone)]
pub struct Database {
    name: String,
    place: Place,
}

/// How the names of a process's databases begin: another process's on the same server are called
/// otherwise.
pub(super) fn own_prefix() -> String {
    format!("rows_{}_", process::id())
}

impl Database {
    /// Creates one: empty, or as a copy of another, which must have no connections.
    pub(super) fn create(place: &Place, template: Option<&Self>) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}{}", own_prefix(), MADE.fetch_add(1, Ordering::Relaxed));
        let template = template.map_or("template1", Self::name);
        place.psql("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self { name, place: place.clone() }
    }

    /// Its name, unique on this server and among all test processes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its URL, without a proxy.
    pub fn url(&self) -> String {
        let Self { name, place } = self;
        format!("postgres://longshore@/{name}?host={}&port={}", place.folder.display(), place.port)
    }

    /// Its URL, through a proxy at a port.
    pub fn url_at(&self, port: u16) -> String {
        format!("postgres://longshore@127.0.0.1:{port}/{}", self.name)
    }

    /// Runs SQL outside of the program, as its operator could. Returns the output.
    pub fn sql(&self, sql: &str) -> String {
        self.place.psql(&self.name, sql)
    }

    /// Loses all that is in it, and every connection to it.
    pub fn lose(&self) {
        self.place.psql("postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        self.place.psql("postgres", &format!("CREATE DATABASE {}", self.name));
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::super::Postgres;

    #[test]
    fn sql_that_loses_to_another_transaction_runs_again() {
        let Some(server) = Postgres::shared() else { return };
        let database = server.database();
        database.sql("CREATE TABLE n (id INT, times INT); INSERT INTO n VALUES (1, 0), (2, 0)");
        let add_to = |first: u32, second: u32| {
            let add = |id| format!("UPDATE n SET times = times + 1 WHERE id = {id}");
            database.sql(&format!("{}; SELECT pg_sleep(1); {}", add(first), add(second)));
        };
        thread::scope(|scope| {
            scope.spawn(|| add_to(1, 2));
            scope.spawn(|| add_to(2, 1));
        });
        assert_eq!(database.sql("SELECT times FROM n"), "2\n2");
    }
}
