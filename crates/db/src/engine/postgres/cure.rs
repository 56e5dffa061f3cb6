//! What to do after a failure: run the transaction again, on a new connection, or not at all.

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::{DbError, EngineError};

/// What to do after a failure.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cure {
    /// A conflict with another transaction: run this one again.
    Again,
    /// The connection is unusable: run the transaction again on a new one.
    Reconnect,
    /// It would fail again.
    Nothing,
}

impl Cure {
    /// The failure of a transaction that does not run again, although that might help.
    pub(super) fn given_up(error: DbError) -> DbError {
        if Self::of(&error) == Self::Again { DbError::Conflict } else { error }
    }

    /// What to do after `error`, unless it happened during a commit.
    pub(super) fn of(error: &DbError) -> Self {
        let DbError::Engine { source, .. } = error else { return Self::Nothing };
        let EngineError::Postgres(error) = &**source else { return Self::Reconnect };
        let Some(code) = error.code() else {
            return if is_of_the_way(error) { Self::Reconnect } else { Self::Nothing };
        };
        match code {
            &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => Self::Again,
            // The server is stopping, starting, full for now, or a standby; or it has lost a
            // prepared statement, or the schema has changed under one.
            &SqlState::ADMIN_SHUTDOWN
            | &SqlState::CRASH_SHUTDOWN
            | &SqlState::CANNOT_CONNECT_NOW
            | &SqlState::TOO_MANY_CONNECTIONS
            | &SqlState::READ_ONLY_SQL_TRANSACTION
            | &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
            | &SqlState::INVALID_SQL_STATEMENT_NAME
            | &SqlState::FEATURE_NOT_SUPPORTED => Self::Reconnect,
            code if code.code().starts_with("08") => Self::Reconnect,
            _ => Self::Nothing,
        }
    }
}

/// Whether the error came from the connection, and not from the server or from encoding a value.
fn is_of_the_way(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.is::<std::io::Error>() {
            return true;
        }
        cause = error.source();
    }
    error.is_closed() || error.to_string().starts_with("error connecting")
}
