use std::sync::Arc;

use thiserror::Error;

/// What can go wrong with rows. Every case is our fault or the environment's, never the client's.
#[derive(Debug, Clone, Error)]
pub enum DbError {
    /// The engine failed: disk full, an I/O error, a broken file, a server that went away.
    #[error("the database failed to {doing}")]
    Engine {
        /// The action that failed.
        doing: &'static str,
        /// The engine's error.
        #[source]
        source: Arc<EngineError>,
    },
    /// A row holds a value that we never write.
    #[error("the database holds a value in {column} that no version of this program writes")]
    Corrupt {
        /// `table.column`, or the closest name we know.
        column: &'static str,
    },
    /// The database was made by a newer program.
    #[error(
        "the database has schema {found}, but this program supports schemas only up to {known}: \
         start the version that ran before, or a newer one"
    )]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// The database was made by an older program, and was opened without permission to change it.
    #[error(
        "the database has schema {found}, but this program needs {known}: start a server of this version \
         on it once, which migrates it"
    )]
    Older {
        /// The schema found.
        found: i64,
        /// The schema that is needed.
        known: i64,
    },
    /// There is no database, and it was opened without permission to create one.
    #[error("there is no database at {}", path.display())]
    Missing {
        /// The path that was opened.
        path: std::path::PathBuf,
    },
    /// The database was opened read-only.
    #[error("this server is read-only")]
    WritesRefused,
    /// The URL of the database does not say where it is. Its text is not repeated: it may hold a
    /// password.
    #[error("the URL of the database (LONGSHORE_DATABASE or --database) is wrong: {why}")]
    Address {
        /// What is wrong with it.
        why: String,
    },
    /// A text contains a NUL byte, which PostgreSQL cannot store. The code that read the text from
    /// a client should have refused it.
    #[error("a value contains a NUL byte, which cannot be stored")]
    ZeroByte,
    /// A read transaction was asked to write.
    #[error("a read transaction tried to write")]
    ReadOnly,
    /// Other transactions changed the same rows each time that this one was tried, for many
    /// seconds. Nothing of it was kept, so it may be tried again later.
    #[error("other transactions changed the same rows each time that this one was tried")]
    Conflict,
    /// All connections were busy for longer than a caller should wait.
    #[error("the database is too slow: no connection became free in time")]
    Busy,
    /// The writer is gone: the program is stopping.
    #[error("the database is closed")]
    Closed,
    /// A fault that a test asked for.
    #[error("the database failed because a test asked it to")]
    Injected,
}

/// The error of an engine.
#[derive(Debug, Error)]
pub enum EngineError {
    /// SQLite's error.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL's error, or the network's.
    #[error(transparent)]
    Postgres(#[from] tokio_postgres::Error),
    /// PostgreSQL did not answer.
    #[error("no answer within {seconds} seconds")]
    Silent {
        /// How long we waited.
        seconds: u64,
    },
    /// The system refused what a connection needs.
    #[error("the system has no resources left for a connection")]
    System(#[from] std::io::Error),
}

impl DbError {
    pub(crate) fn engine<E: Into<EngineError>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Engine { doing, source: Arc::new(source.into()) }
    }

    /// Whether the disk is full. An operator can mend this at once, so it has its own message.
    pub fn is_full(&self) -> bool {
        let Self::Engine { source, .. } = self else { return false };
        match &**source {
            EngineError::Sqlite(error) => {
                error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
            }
            EngineError::Postgres(error) => {
                error.code() == Some(&tokio_postgres::error::SqlState::DISK_FULL)
            }
            EngineError::Silent { .. } | EngineError::System(_) => false,
        }
    }
}
