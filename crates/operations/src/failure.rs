use std::error::Error;

use blobs::StoreError;
use db::DbError;
use keys::KeyError;

use crate::Refusal;

/// Why a verb did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The client's doing: it is told exactly why.
    Refused(Refusal),
    /// Ours or the world's: the client is told that it is not its doing.
    Fault(Fault),
}

/// Something broke. It can be logged, not rendered: what it says is nobody's business outside.
#[derive(Debug)]
pub enum Fault {
    /// There is no room left, for bytes or for rows.
    Full(Box<dyn Error + Send + Sync>),
    /// Stored bytes or rows are not what was stored.
    Corrupt(Box<dyn Error + Send + Sync>),
    /// Anything else.
    Broken(Box<dyn Error + Send + Sync>),
}

impl Fault {
    /// Everything that is known, outermost first, for the log.
    pub fn chain(&self) -> String {
        let (Self::Full(error) | Self::Corrupt(error) | Self::Broken(error)) = self;
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            source = cause.source();
        }
        text
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        if let DbError::WritesRefused = error {
            return Self::Refused(Refusal::ReadOnly);
        }
        Self::Fault(match &error {
            error if error.is_full() => Fault::Full(error.clone().into()),
            DbError::Corrupt { .. } => Fault::Corrupt(error.into()),
            DbError::Engine { .. }
            | DbError::Newer { .. }
            | DbError::Older { .. }
            | DbError::Missing { .. }
            | DbError::WritesRefused
            | DbError::Address { .. }
            | DbError::ZeroByte
            | DbError::ReadOnly
            | DbError::Busy
            | DbError::Closed
            | DbError::Injected => Fault::Broken(error.into()),
        })
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if let StoreError::WritesRefused = error {
            return Self::Refused(Refusal::ReadOnly);
        }
        Self::Fault(match error {
            StoreError::Full => Fault::Full(error.into()),
            StoreError::Corrupt { .. } | StoreError::NotFound(_) => Fault::Corrupt(error.into()),
            _ => Fault::Broken(error.into()),
        })
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::Fault(Fault::Corrupt(error.into()))
    }
}
