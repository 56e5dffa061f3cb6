use std::error::Error;
use std::fmt;

use db::DbError;
use keys::KeyError;
use names::{ObjectKey, error_chain};

use crate::{Absent, Conflict, IamRefusal, Missing, Quota, StsRefusal, Taken};

/// Why a verb failed.
#[derive(Debug)]
pub enum Failure {
    /// The client's mistake: it learns exactly why.
    Refused(Refusal),
    /// Our failure or the environment's: the client learns that it is not its mistake.
    Fault(Fault),
}

/// Refusals. `Display` is the message that the client reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The server refuses writes.
    ReadOnly,
    /// A refusal of IAM.
    Iam(IamRefusal),
    /// A refusal of STS.
    Sts(StsRefusal),
}

/// Something broke. It can be logged, not rendered: its text is not for clients.
#[derive(Debug)]
pub enum Fault {
    /// There is no space left, for bytes or for rows.
    Full(Box<dyn Error + Send + Sync>),
    /// Stored rows were altered.
    Corrupt(Box<dyn Error + Send + Sync>),
    /// The object of this key is not what was written, or is gone. The client learns the key, with
    /// which the log and `longshore fsck` name the object, too.
    Damaged(ObjectKey, Box<dyn Error + Send + Sync>),
    /// Anything else.
    Broken(Box<dyn Error + Send + Sync>),
}

impl Fault {
    /// Everything that is known, outermost first, for the log.
    pub fn chain(&self) -> String {
        let (Self::Full(error)
        | Self::Corrupt(error)
        | Self::Damaged(_, error)
        | Self::Broken(error)) = self;
        error_chain(&**error)
    }

    /// What broke, for callers that do not tell faults apart.
    pub fn into_error(self) -> Box<dyn Error + Send + Sync> {
        let (Self::Full(error)
        | Self::Corrupt(error)
        | Self::Damaged(_, error)
        | Self::Broken(error)) = self;
        error
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => f.write_str(
                "This registry is read-only for now: images can be pulled and listed, and nothing can be pushed, changed or deleted. Try again later",
            ),
            Self::Iam(refusal) => refusal.fmt(f),
            Self::Sts(refusal) => refusal.fmt(f),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<IamRefusal> for Failure {
    fn from(refusal: IamRefusal) -> Self {
        Self::Refused(Refusal::Iam(refusal))
    }
}

impl From<StsRefusal> for Failure {
    fn from(refusal: StsRefusal) -> Self {
        Self::Refused(Refusal::Sts(refusal))
    }
}

/// What a refusal of IAM is about is a failure.
macro_rules! of_iam {
    ($($about:ty => $refusal:ident;)+) => {
        $(
            impl From<$about> for Failure {
                fn from(about: $about) -> Self {
                    IamRefusal::$refusal(about).into()
                }
            }
        )+
    };
}
of_iam! {
    Missing => NoSuchEntity;
    Taken => EntityAlreadyExists;
    Conflict => DeleteConflict;
    Quota => LimitExceeded;
}

impl From<Absent> for Failure {
    fn from(absent: Absent) -> Self {
        Missing::Absent(absent).into()
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
            | DbError::Conflict
            | DbError::Busy
            | DbError::Closed
            | DbError::Injected => Fault::Broken(error.into()),
        })
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::Fault(Fault::Corrupt(error.into()))
    }
}
