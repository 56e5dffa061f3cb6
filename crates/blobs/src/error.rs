use std::io;
use std::path::PathBuf;

use names::{Digest, ObjectKey};

/// Why bytes could not be stored, read or removed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such object.
    #[error("object {0} does not exist")]
    NotFound(ObjectKey),
    /// The key already names a file; keys are never used twice.
    #[error("object {0} already exists")]
    Exists(ObjectKey),
    /// Another upload of this process is writing the object right now.
    #[error("object {0} is being written")]
    Busy(ObjectKey),
    /// Another process has the data folder open.
    #[error("the data folder {} is in use by another process", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The store was opened read-only.
    #[error("this server is read-only")]
    WritesRefused,
    /// The store has no room left.
    #[error("the store is full")]
    Full,
    /// The object is not what was written: damaged, cut, extended, swapped or sealed under another
    /// key.
    #[error("object {object} is corrupt at byte {offset}: {what}")]
    Corrupt {
        /// The object.
        object: ObjectKey,
        /// The position in the object's file.
        offset: u64,
        /// What is wrong there.
        what: &'static str,
    },
    /// The bytes of a parked upload are not what was parked.
    #[error("a parked upload is corrupt: {0}")]
    BadParked(&'static str),
    /// An earlier error has ended this upload for good.
    #[error("the upload has already failed")]
    Failed,
    /// The caller broke a rule of this crate.
    #[error("{0}")]
    Misused(&'static str),
    /// A document has more bytes than we ever write, so we did not write it.
    #[error("{document} has more than {bytes_max} bytes, so Longshore did not write it")]
    TooLong {
        /// Its kind and name.
        document: String,
        /// How many bytes it may have.
        bytes_max: u64,
    },
    /// A store over a network failed at every attempt.
    #[error("the object store could not {doing}; {advice}")]
    Remote {
        /// The action that failed.
        doing: &'static str,
        /// What to do about it.
        advice: &'static str,
        /// The error of the store or the network.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A store over a network has failed so often that we call it again only after a pause.
    #[error(
        "the object store has failed {failures} times in a row; the next attempt is in {seconds} s; see the earlier errors"
    )]
    Resting {
        /// How many times in a row.
        failures: u32,
        /// How long the pause still lasts.
        seconds: u64,
    },
    /// The system refused.
    #[error("cannot {doing}")]
    Io {
        /// The action that failed.
        doing: &'static str,
        /// The system's error.
        source: io::Error,
    },
}

impl StoreError {
    /// Converts a system error. Running out of space is its own kind.
    pub fn from_io(doing: &'static str, source: impl Into<io::Error>) -> Self {
        let source = source.into();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io { doing, source },
        }
    }
}

/// Why a commit made no receipt.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The bytes do not have the expected digest. The object cannot be read.
    #[error("the content's digest is {computed}")]
    DigestMismatch {
        /// The actual digest of the bytes, under the requested algorithm.
        computed: Digest,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
