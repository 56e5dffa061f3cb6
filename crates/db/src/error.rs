use std::sync::Arc;

use thiserror::Error;

/// What can go wrong with rows. All of it is a fault of ours or of the world, never the client's.
#[derive(Debug, Clone, Error)]
pub enum DbError {
    /// The engine failed: disk full, an I/O error, a broken file.
    #[error("the database failed to {doing}")]
    Engine {
        /// What we were doing.
        doing: &'static str,
        /// What the engine said.
        #[source]
        source: Arc<rusqlite::Error>,
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
    /// The closure asked for a write inside a read.
    #[error("a read transaction tried to write")]
    ReadOnly,
    /// The writer is gone: the program is stopping.
    #[error("the database is closed")]
    Closed,
    /// A fault that a test asked for.
    #[error("the database failed because a test asked it to")]
    Injected,
}

impl DbError {
    pub(crate) fn engine(doing: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| Self::Engine { doing, source: Arc::new(source) }
    }

    /// Is the disk full? The one failure that an operator can mend at once, so it has its own words.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Engine { source, .. }
            if source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull))
    }
}
