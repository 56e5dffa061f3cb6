use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::migrate;
use super::run::run;
use super::writer::Writer;
use crate::engine::Faults;
use crate::tx::Access;
use crate::{DbError, Tx};

/// One file of rows.
pub(in crate::engine) struct Sqlite {
    path: PathBuf,
    /// Idle connections. A reader takes one, or opens one.
    idle: Mutex<Vec<Connection>>,
    writer: Writer,
    faults: Arc<Faults>,
}

/// More idle readers than this are closed: as many as threads could read at once on a large
/// machine.
const IDLE_READERS_MAX: usize = 64;

/// Prepared statements kept by each connection: more than there are in `rows/`.
const STATEMENTS_CACHED: usize = 256;

impl Sqlite {
    pub(in crate::engine) fn open(path: &Path) -> Result<Self, DbError> {
        create(path);
        let mut connection = connect(path)?;
        migrate::apply(&mut connection)?;
        Ok(Self::over(path, connection))
    }

    /// The database as it is. Other processes may have it open too, and each waits for the others'
    /// commits.
    pub(in crate::engine) fn open_beside(path: &Path) -> Result<Self, DbError> {
        if !path.is_file() {
            return Err(DbError::Missing { path: path.to_owned() });
        }
        let connection = connect(path)?;
        migrate::check(&connection)?;
        Ok(Self::over(path, connection))
    }

    fn over(path: &Path, connection: Connection) -> Self {
        let faults = Arc::new(Faults::default());
        let writer = Writer::start(connection, faults.clone());
        Self { path: path.to_owned(), idle: Mutex::default(), writer, faults }
    }

    /// Runs `body` over one snapshot of the rows, on a separate thread and connection. The log
    /// cannot be truncated before it ends, so it grows with every write until then.
    pub(in crate::engine) fn with_snapshot(
        &self,
        body: impl FnOnce(&mut Tx<'_>) + Send + 'static,
    ) -> Result<(), DbError> {
        let connection = connect(&self.path)?;
        begin_read(&connection)?;
        let work = move || {
            body(&mut Tx::sqlite(&connection, Access::Read));
            // Dropping a connection ends its transaction.
            drop(connection);
        };
        let started = std::thread::Builder::new().name("db-snapshot".into()).spawn(work);
        started.map(drop).map_err(DbError::engine("start a thread"))
    }

    pub(in crate::engine) fn read<T, E, F>(&self, mut body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E>,
        E: From<DbError>,
    {
        let connection = self.take_reader()?;
        begin_read(&connection)?;
        let outcome = body(&mut Tx::sqlite(&connection, Access::Read));
        end_read(&connection)?;
        self.put_reader(connection);
        outcome
    }

    pub(in crate::engine) async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.writer.run(body).await
    }

    pub(in crate::engine) fn faults(&self) -> &Faults {
        &self.faults
    }

    pub(in crate::engine) fn path(&self) -> &Path {
        &self.path
    }

    pub(in crate::engine) fn integrity_check(&self) -> Result<Vec<String>, DbError> {
        let connection = self.take_reader()?;
        let mut wrong = texts(&connection, "PRAGMA integrity_check(100)", |row| row.get(0))?;
        wrong.retain(|line| line != "ok");
        wrong.extend(texts(&connection, "PRAGMA foreign_key_check", |row| {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            Ok(format!("a row of {table} refers to a row of {parent} that is not there"))
        })?);
        self.put_reader(connection);
        Ok(wrong)
    }

    pub(in crate::engine) fn size_bytes(&self) -> u64 {
        let log = self.path.with_extension("sqlite-wal");
        [&self.path, &log]
            .into_iter()
            .filter_map(|path| path.metadata().ok())
            .map(|metadata| metadata.len())
            .sum()
    }

    fn take_reader(&self) -> Result<Connection, DbError> {
        let idle = self.idle.lock().expect("no reader panics while it holds the list").pop();
        idle.map_or_else(|| connect(&self.path), Ok)
    }

    fn put_reader(&self, connection: Connection) {
        let mut idle = self.idle.lock().expect("no reader panics while it holds the list");
        if idle.len() < IDLE_READERS_MAX {
            idle.push(connection);
        }
    }
}

fn begin_read(connection: &Connection) -> Result<(), DbError> {
    run(connection, "BEGIN DEFERRED", "begin a read")
}

fn end_read(connection: &Connection) -> Result<(), DbError> {
    run(connection, "COMMIT", "end a read")
}

fn texts(
    connection: &Connection,
    sql: &str,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<String>,
) -> Result<Vec<String>, DbError> {
    const DOING: &str = "check its file";
    let mut statement = connection.prepare(sql).map_err(DbError::engine(DOING))?;
    let lines = statement.query_map([], read).map_err(DbError::engine(DOING))?;
    lines.collect::<Result<_, _>>().map_err(DbError::engine(DOING))
}

/// Creates the database's file, if there is none, readable only by its owner. SQLite gives its log
/// and its index the same mode.
fn create(path: &Path) {
    // If that fails, or the file exists, SQLite reports the error next.
    let _ = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
}

fn connect(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(DbError::engine("open its file"))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    // Without this, binding another value prepares the statement again, so that the planner can
    // look at the value. Our statements have one good plan each, and tests check that.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(DbError::engine("set up a connection"))?;
    // FULL syncs the log at each commit, and all waiting closures share a commit (see `writer`).
    // The checkpoint limit bounds the log; 64 MiB of page cache hold the upper levels of every
    // index.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA busy_timeout = 10000;
             PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -8192;
             PRAGMA mmap_size = 1073741824;
             PRAGMA temp_store = MEMORY;
             PRAGMA wal_autocheckpoint = 4000;",
        )
        .map_err(DbError::engine("set up a connection"))?;
    Ok(connection)
}
