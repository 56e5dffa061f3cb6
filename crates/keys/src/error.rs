use std::path::{Path, PathBuf};

use crate::secret_file::SecretFileError;

/// Why a key could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Sealed for another purpose or context, or damaged: the cipher cannot tell which.
    #[error("the sealed value does not open with this purpose and context")]
    Refused,
    /// The root key is not in this keyring: removed, or the keyring is another one.
    #[error("no root key {id} in the keyring")]
    UnknownRoot {
        /// Which root key the sealed value names.
        id: String,
    },
    /// The keyring file is not one that this version reads.
    #[error("cannot use the keyring {}: {what}", path.display())]
    Unreadable {
        /// The keyring file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// The text is no keyring.
    #[error("cannot use the keyring's secret: {what}")]
    Malformed {
        /// What is wrong.
        what: &'static str,
    },
    /// The keyring is sealed under a passphrase, and none was given.
    #[error(
        "the keyring is sealed under a passphrase; set LONGSHORE_KEYRING_PASSPHRASE or --keyring-passphrase-file"
    )]
    PassphraseMissing,
    /// The keyring is sealed under a KMS key, and there is no data key of it.
    #[error(
        "the keyring is sealed under the KMS key {key}; name it with --keyring-kms-key, and its service with --external-kms"
    )]
    KmsMissing {
        /// The ARN of the KMS key, if the keyring is not damaged.
        key: String,
    },
    /// The file with the passphrase is not one.
    #[error("cannot use the passphrase in {}: {what}", path.display())]
    PassphraseUnreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// The passphrase is too short to seal anything under it.
    #[error("a passphrase for a keyring has at least {min} characters")]
    PassphraseShort {
        /// How many characters it needs.
        min: usize,
    },
    /// The cryptographic library refused a key, or what never fails.
    #[error("the cryptographic library failed")]
    Library,
    /// The keyring came from outside, so only the operator changes it.
    #[error("the keyring was handed to this node; change it where it comes from")]
    Handed,
    /// The keyring file could not be read or written.
    #[error(transparent)]
    File(#[from] SecretFileError),
}

impl KeyError {
    pub(crate) fn unreadable(path: Option<&Path>, what: &'static str) -> Self {
        match path {
            Some(path) => Self::Unreadable { path: path.to_owned(), what },
            None => Self::Malformed { what },
        }
    }
}
