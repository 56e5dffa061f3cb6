//! The database of one test.

use db::{Db, DbError};
use stand_ins::{Database, Postgres};
use tempfile::TempDir;

/// Connections of a test: enough to be in each other's way.
const CONNECTIONS: usize = 6;

/// An empty database, on an engine that the test does not name.
pub(crate) enum House {
    Sqlite(TempDir),
    Postgres(Database),
}

impl House {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    pub(crate) fn postgres() -> Option<Self> {
        Postgres::shared().map(|server| Self::Postgres(server.database()))
    }

    pub(crate) fn open(&self) -> Db {
        self.try_open().unwrap()
    }

    pub(crate) fn try_open(&self) -> Result<Db, DbError> {
        match self {
            Self::Sqlite(folder) => Db::open(&folder.path().join("rows.sqlite")),
            Self::Postgres(database) => Db::connect(&database.url(), CONNECTIONS),
        }
    }

    /// Runs SQL directly, without the program.
    pub(crate) fn alter(&self, sql: &str) {
        match self {
            Self::Sqlite(folder) => {
                let file = folder.path().join("rows.sqlite");
                rusqlite::Connection::open(file).unwrap().execute_batch(sql).unwrap();
            }
            Self::Postgres(database) => drop(database.sql(sql)),
        }
    }

    /// The same, without checks that rows refer to rows that exist.
    pub(crate) fn alter_unchecked(&self, sql: &str) {
        let unchecked = match self {
            Self::Sqlite(_) => "PRAGMA foreign_keys = OFF",
            Self::Postgres(_) => "SET session_replication_role = replica",
        };
        self.alter(&format!("{unchecked}; {sql}"));
    }
}

/// Makes a test for each engine of functions that take a [`House`].
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name(&$crate::house::House::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                if let Some(house) = $crate::house::House::postgres() {
                    super::$name(&house).await;
                }
            })*
        }
    };
}
pub(crate) use on_both_engines;
