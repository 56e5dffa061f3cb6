use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use stand_ins::{Database, Postgres, or_skipped};

use crate::Db;

/// The engine that a test runs on.
#[derive(Debug, Clone, Copy)]
pub enum Engine {
    /// A file in a folder of the test's.
    Sqlite,
    /// A database of the server that the tests of this process share.
    Postgres(&'static Postgres),
}

/// The database of one test, on either engine.
#[derive(Debug)]
pub enum Rows {
    /// In this file.
    Sqlite(PathBuf),
    /// In this database.
    Postgres(Database),
}

/// Connections of a test: enough to be in each other's way, and each prepares its own statements.
const CONNECTIONS: usize = 2;

impl Engine {
    /// PostgreSQL; `None`, with a note in the run's output, if `test` has to do without.
    pub fn postgres(test: &str) -> Option<Self> {
        or_skipped(&format!("{test} on PostgreSQL"), Postgres::try_shared()).map(Self::Postgres)
    }

    /// A place for rows with none in it; on SQLite it is in `folder`, and there is one in each.
    pub fn rows(self, folder: &Path) -> Rows {
        match self {
            Self::Sqlite => Rows::Sqlite(folder.join("registry.sqlite")),
            Self::Postgres(server) => Rows::Postgres(with_newest_schema(server)),
        }
    }
}

impl Rows {
    /// Opens the database; as often as there are nodes.
    pub fn open(&self) -> Db {
        let opened = match self {
            Self::Sqlite(file) => Db::open(file),
            Self::Postgres(database) => Db::connect(&database.url(), CONNECTIONS),
        };
        opened.expect("a test's database can be opened")
    }

    /// Deletes every row and the schema: the next opener finds nothing. The database must not be
    /// open.
    pub fn lose(&self) {
        match self {
            Self::Sqlite(file) => {
                for suffix in ["", "-wal", "-shm"] {
                    let (mut there, mut away) =
                        (file.clone().into_os_string(), OsString::from("lost"));
                    there.push(suffix);
                    away.push(suffix);
                    // The log exists only after a crash.
                    drop(std::fs::rename(there, file.with_file_name(away)));
                }
                assert!(!file.exists(), "{} is still there", file.display());
            }
            Self::Postgres(database) => database.lose(),
        }
    }
}

/// A database with the newest schema and no rows. It is a copy of a migrated one, which takes half
/// the time.
fn with_newest_schema(server: &'static Postgres) -> Database {
    static NEWEST: OnceLock<Database> = OnceLock::new();
    let newest = NEWEST.get_or_init(|| {
        let database = server.database();
        Db::connect(&database.url(), 1).expect("an empty database can be opened");
        database
    });
    server.copy_of(newest)
}

/// Makes a test for each engine, in a module of its name, from asynchronous functions that take an
/// [`crate::testing::Engine`], or, with `fn` before the first, from functions that start their own
/// runtime. Use it once per file.
#[macro_export]
macro_rules! on_both_engines {
    (fn $($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                super::$name($crate::testing::Engine::Sqlite);
            })*
        }
        mod postgres {
            $(#[test]
            fn $name() {
                if let Some(engine) = $crate::testing::Engine::postgres(stringify!($name)) {
                    super::$name(engine);
                }
            })*
        }
    };
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::testing::Engine::Sqlite).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                if let Some(engine) = $crate::testing::Engine::postgres(stringify!($name)) {
                    super::$name(engine).await;
                }
            })*
        }
    };
}
