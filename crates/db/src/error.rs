use std::sync::Arc;

use thiserror::Error;

/// What can go wrong with rows. All of it is a fault of ours or of the world, never the client's.
#[derive(Debug, Clone, Error)]
pub enum DbError {
    /// The engine failed: disk full, an I/O error, a broken file, a server that went away.
    #[error("the database failed to {doing}")]
    Engine {
        /// What we were doing.
        doing: &'static str,
        /// What the engine said.
        #[source]
        source: Arc<EngineError>,
    },
    /// A row holds something that we never write.
    #[error("the database holds a value in {column} that no version of this program writes")]
    Corrupt {
        /// `table.column`, or the closest we know.
        column: &'static str,
    },
    /// The database was made by a newer program.
    #[error(
        "the database has schema {found}, and this program knows schemas up to {known}: \
         start the version that was running before, or a newer one"
    )]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// The database was made by an older program, and who opens it now may not change it.
    #[error(
        "the database has schema {found}, and this program needs {known}: start a server of this version \
         on it once, which brings it up to date"
    )]
    Older {
        /// The schema found.
        found: i64,
        /// The schema that is needed.
        known: i64,
    },
    /// There is no database, and who opens it now may not make one.
    #[error("there is no database at {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: std::path::PathBuf,
    },
    /// The database was opened for readers alone.
    #[error("this server is read-only")]
    WritesRefused,
    /// The URL of the database does not say where it is. Its text is not repeated: it may hold a password.
    #[error("the URL of the database is wrong: {why}")]
    Address {
        /// What is wrong with it.
        why: String,
    },
    /// A text with a zero byte, which PostgreSQL cannot hold: whoever read it from a stranger should have refused it.
    #[error("a text with a zero byte was to be kept or looked for")]
    ZeroByte,
    /// The closure asked for a write inside a read.
    #[error("a read transaction tried to write")]
    ReadOnly,
    /// All connections were taken for longer than a caller should wait.
    #[error("the database is too slow: no connection became free in time")]
    Busy,
    /// The writer is gone: the program is stopping.
    #[error("the database is closed")]
    Closed,
    /// A fault that a test asked for.
    #[error("the database failed because a test asked it to")]
    Injected,
}

/// What an engine says when it fails.
#[derive(Debug, Error)]
pub enum EngineError {
    /// SQLite's words.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL's words, or those of the way there.
    #[error(transparent)]
    Postgres(#[from] tokio_postgres::Error),
    /// PostgreSQL says nothing.
    #[error("no answer within {seconds} seconds")]
    Silent {
        /// How long we waited.
        seconds: u64,
    },
    /// The system refused what a connection needs.
    #[error("the system has nothing left for a connection")]
    System(#[from] std::io::Error),
}

impl DbError {
    pub(crate) fn engine<E: Into<EngineError>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Engine { doing, source: Arc::new(source.into()) }
    }

    /// Is the disk full? The one failure that an operator can mend at once, so it has its own words.
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
