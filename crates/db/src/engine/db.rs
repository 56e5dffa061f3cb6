use std::path::Path;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::Faults;
use super::postgres::{Address, Postgres};
use super::sqlite::Sqlite;
use crate::migrations::newest;
use crate::tables::snapshot::{Forgotten, PIECES_WAITING, Snapshot, read_all};
use crate::{DbError, Lookup, Tx};

/// The database. Cheap to clone; dropping the last clone closes it.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    writes: Writes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writes {
    Taken,
    Refused,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Db {
    /// Opens the SQLite database at `path`, creating it or bringing it to the newest schema.
    pub fn open(path: &Path) -> Result<Self, DbError> {
        Sqlite::open(path).map(Engine::Sqlite).map(Self::over)
    }

    /// Opens the SQLite database at `path` unchanged, while other processes may have it open. A
    /// missing one, or one without the newest schema, is refused.
    pub fn open_beside(path: &Path) -> Result<Self, DbError> {
        Sqlite::open_beside(path).map(Engine::Sqlite).map(Self::over)
    }

    /// Connects to the PostgreSQL database at `url`, with at most `connections` transactions at
    /// once, and brings it to the newest schema. Two more connections serve single look-ups. It
    /// waits for the server, so call it before anything else.
    ///
    /// The URL is libpq's: `postgres://user:password@host:5432/name?sslmode=verify-full`, or
    /// `?host=/run/postgresql` for a socket. `sslmode` is `disable`, `prefer`, `require` or
    /// `verify-full`; with the last, `sslrootcert` names a file of certificates to trust instead of
    /// the system's.
    pub fn connect(url: &str, connections: usize) -> Result<Self, DbError> {
        let address = Address::parse(url)?;
        Postgres::connect(address, connections).map(Box::new).map(Engine::Postgres).map(Self::over)
    }

    fn over(engine: Engine) -> Self {
        Self { engine: Arc::new(engine), writes: Writes::Taken }
    }

    /// The same database for reading only: every write is refused.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { writes: Writes::Refused, ..self }
    }

    /// Are writes refused?
    pub fn is_read_only(&self) -> bool {
        self.writes == Writes::Refused
    }

    /// The newest schema that this program knows, which is that of every database that it has
    /// opened.
    pub fn schema() -> i64 {
        newest()
    }

    /// All rows that move, as of the moment when the first is read.
    pub fn snapshot(&self) -> Result<Snapshot, DbError> {
        let (give, pieces) = mpsc::channel(PIECES_WAITING);
        let mut give = move |piece| give.blocking_send(piece).map_err(|_| Forgotten);
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.with_snapshot(move |tx| read_all(tx, &mut give))?,
            Engine::Postgres(postgres) => {
                postgres.with_snapshot(move |tx| match tx {
                    Ok(tx) => read_all(tx, &mut give),
                    Err(error) => drop(give(Err(error))),
                })?;
            }
        }
        Ok(Snapshot::new(pieces))
    }

    /// Runs `body` over one consistent view of the rows.
    ///
    /// On SQLite this runs inline: a point read costs microseconds, less than a switch to another
    /// thread. On PostgreSQL it runs on a thread with a connection.
    pub async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(body),
            Engine::Postgres(postgres) => postgres.read(body).await,
        }
    }

    /// As [`Db::read`], for reads that may take longer than a millisecond: it never runs on a
    /// thread that serves requests.
    pub async fn read_at_length<T, E, F>(&self, mut body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(_) => {
                let engine = Arc::clone(&self.engine);
                let read = move || match &*engine {
                    Engine::Sqlite(sqlite) => sqlite.read(&mut body),
                    Engine::Postgres(_) => Err(DbError::Closed.into()),
                };
                spawn_blocking(read).await.unwrap_or_else(|_| Err(DbError::Closed.into()))
            }
            Engine::Postgres(postgres) => postgres.read(body).await,
        }
    }

    /// Looks one thing up, including everything acknowledged before. On PostgreSQL, simultaneous
    /// look-ups are sent together: a pull costs half as much as with a separate transaction.
    pub async fn look_up<T>(&self, lookup: &Lookup<'_, T>) -> Result<Option<T>, DbError>
    where
        T: Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(|tx| tx.look_up(lookup)),
            Engine::Postgres(postgres) => postgres.look_up(lookup).await,
        }
    }

    /// Runs `body` in a transaction and returns when its rows are durable. An `Err` from `body`
    /// leaves no row behind.
    pub async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        if self.is_read_only() {
            return Err(DbError::WritesRefused.into());
        }
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.write(body).await,
            Engine::Postgres(postgres) => postgres.write(body).await,
        }
    }

    /// Runs `body`, one statement that takes rows of a queue, in a separate transaction.
    /// Simultaneous takers skip each other's rows: on PostgreSQL none waits for another, and none
    /// runs again because of another.
    pub(crate) async fn take<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        if self.is_read_only() {
            return Err(DbError::WritesRefused.into());
        }
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.write(body).await,
            Engine::Postgres(postgres) => postgres.take(body).await,
        }
    }

    /// How often a closure has run again since the start because of a conflict with another
    /// transaction. Always zero on SQLite, which has one writer at a time.
    pub fn runs_again(&self) -> u64 {
        match &*self.engine {
            Engine::Sqlite(_) => 0,
            Engine::Postgres(postgres) => postgres.runs_again(),
        }
    }

    /// How often transactions have waited for a server since the start, which is the cost of the
    /// distance to it. Always zero on SQLite, which is in this process. The end of a read is not
    /// counted, because no caller waits for it.
    pub fn waits(&self) -> u64 {
        match &*self.engine {
            Engine::Sqlite(_) => 0,
            Engine::Postgres(postgres) => postgres.waits(),
        }
    }

    /// The fault injection for tests.
    pub fn faults(&self) -> &Faults {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.faults(),
            Engine::Postgres(postgres) => postgres.faults(),
        }
    }

    /// What the engine finds wrong with its own file, and which rows refer to missing rows; empty
    /// if all is well. It reads everything. PostgreSQL checks its own files.
    pub async fn integrity_check(&self) -> Result<Vec<String>, DbError> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.integrity_check(),
            Engine::Postgres(postgres) => postgres.integrity_check().await,
        }
    }

    /// The size of the rows on disk: on SQLite including the write-ahead log, on PostgreSQL the
    /// last known size, which is less than a minute old if this is called often.
    pub fn size_bytes(&self) -> u64 {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.size_bytes(),
            Engine::Postgres(postgres) => postgres.size_bytes(),
        }
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &*self.engine {
            Engine::Sqlite(sqlite) => write!(f, "Db({})", sqlite.path().display()),
            // The address may contain a password.
            Engine::Postgres(_) => write!(f, "Db(PostgreSQL)"),
        }
    }
}
