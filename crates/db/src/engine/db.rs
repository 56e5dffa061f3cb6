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

/// The database. Cheap to clone; the last clone that goes closes it.
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

    /// Opens the SQLite database at `path` as it is, while others may have it open as well. One that is not there, or has
    /// another schema than the newest, is refused.
    pub fn open_beside(path: &Path) -> Result<Self, DbError> {
        Sqlite::open_beside(path).map(Engine::Sqlite).map(Self::over)
    }

    /// Connects to the PostgreSQL database at `url`, with at most `connections` transactions at once, and brings it to the newest
    /// schema. Two connections more are for those who look one thing up. Waits for the answer, so it is called before there is anything else to do.
    ///
    /// The URL is libpq's: `postgres://user:password@host:5432/name?sslmode=verify-full`, or `?host=/run/postgresql`
    /// for a socket. `sslmode` is `disable`, `prefer`, `require` or `verify-full`; with the last, `sslrootcert`
    /// names a file of certificates to trust in place of the system's.
    pub fn connect(url: &str, connections: usize) -> Result<Self, DbError> {
        let address = Address::parse(url)?;
        Postgres::connect(address, connections).map(Box::new).map(Engine::Postgres).map(Self::over)
    }

    fn over(engine: Engine) -> Self {
        Self { engine: Arc::new(engine), writes: Writes::Taken }
    }

    /// The same database for readers alone: every write is refused.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { writes: Writes::Refused, ..self }
    }

    /// Are writes refused?
    pub fn is_read_only(&self) -> bool {
        self.writes == Writes::Refused
    }

    /// The newest schema that this program knows, which is that of every database that it has opened.
    pub fn schema() -> i64 {
        newest()
    }

    /// All rows that move, as they are when the first is asked for.
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
    /// On SQLite this runs inline: a point read costs microseconds, less than a hop to another thread. On PostgreSQL
    /// it runs where the connection is.
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

    /// As [`Db::read`], for what may take longer than a millisecond: it never runs on a thread that serves.
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

    /// Looks one thing up, as it is after everything that was acknowledged before. On PostgreSQL what many look up at once
    /// travels together: a pull costs half of what a transaction of its own costs.
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

    /// Runs `body`, which is one statement that takes rows of a queue, in a transaction of its own. Those who take
    /// at once pass each other by: on PostgreSQL none waits for another, and none is run again for another's sake.
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

    /// How often a closure was run again since the start because another transaction was in its way. On SQLite, where
    /// one writes at a time, never.
    pub fn runs_again(&self) -> u64 {
        match &*self.engine {
            Engine::Sqlite(_) => 0,
            Engine::Postgres(postgres) => postgres.runs_again(),
        }
    }

    /// How often transactions waited for a server since the start: what their distance from it costs. On SQLite, which is
    /// in this process, never. The end of a read is not counted, for nobody waits for that.
    pub fn waits(&self) -> u64 {
        match &*self.engine {
            Engine::Sqlite(_) => 0,
            Engine::Postgres(postgres) => postgres.waits(),
        }
    }

    /// Where a test orders faults.
    pub fn faults(&self) -> &Faults {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.faults(),
            Engine::Postgres(postgres) => postgres.faults(),
        }
    }

    /// What the engine finds wrong with its own file, and which rows refer to rows that are not
    /// there; nothing if all is well. Reads everything. PostgreSQL looks after its own files.
    pub async fn integrity_check(&self) -> Result<Vec<String>, DbError> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.integrity_check(),
            Engine::Postgres(postgres) => postgres.integrity_check().await,
        }
    }

    /// How many bytes the rows take on disk: of SQLite the write-ahead log included, of PostgreSQL as it was
    /// when last asked, less than a minute before if this is called often.
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
            // An address may hold a password.
            Engine::Postgres(_) => write!(f, "Db(PostgreSQL)"),
        }
    }
}
