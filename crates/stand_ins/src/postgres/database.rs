use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use super::place::Place;

/// A database of one test.
#[derive(Debug, Clone)]
pub struct Database {
    name: String,
    place: Place,
}

/// How the names of a process's databases begin: another process's on the same server are called otherwise.
pub(super) fn own_prefix() -> String {
    format!("rows_{}_", process::id())
}

impl Database {
    /// Makes one: with nothing in it, or as a copy of another, which nobody may be connected to.
    pub(super) fn create(place: &Place, template: Option<&Self>) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}{}", own_prefix(), MADE.fetch_add(1, Ordering::Relaxed));
        let template = template.map_or("template1", Self::name);
        place.psql("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self { name, place: place.clone() }
    }

    /// What it is called, on this server and in no other process of tests.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is, past all proxies.
    pub fn url(&self) -> String {
        let Self { name, place } = self;
        format!("postgres://longshore@/{name}?host={}&port={}", place.folder.display(), place.port)
    }

    /// Where it is, through a proxy at a port.
    pub fn url_at(&self, port: u16) -> String {
        format!("postgres://longshore@127.0.0.1:{port}/{}", self.name)
    }

    /// Runs SQL past the program, as its operator could; gives what it answers.
    pub fn sql(&self, sql: &str) -> String {
        self.place.psql(&self.name, sql)
    }

    /// Loses all that is in it, and every connection to it.
    pub fn lose(&self) {
        self.place.psql("postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        self.place.psql("postgres", &format!("CREATE DATABASE {}", self.name));
    }
}
