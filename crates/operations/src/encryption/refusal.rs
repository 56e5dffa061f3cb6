use std::fmt;
use std::time::Duration;

use keys::KeyFault;
use names::{KmsKeyArn, RepositoryArn};

use crate::wording::place;
use crate::{Failure, Fault};

/// Refusals about the keys of repositories.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum EncryptionRefusal {
    /// KMS refuses to use the key, which is named where jobs wait for it, with its error's name and
    /// sentence.
    Key { key: Option<KmsKeyArn>, code: String, message: String },
    /// KMS does not answer.
    Unavailable { retry_after: Duration },
    /// Encryption in two layers, which no Region of ours has.
    TwoLayers,
    /// The key of the repository is being changed already, to another one.
    RekeyInProgress { repository: RepositoryArn },
    /// The repository is under this key.
    SameKey { repository: RepositoryArn },
}

impl fmt::Display for EncryptionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key { message, .. } => f.write_str(message),
            Self::Unavailable { .. } => {
                f.write_str("The key management service does not answer. Try again.")
            }
            Self::TwoLayers => f.write_str(
                "Invalid encryption configuration: KMS_DSSE is not supported in this Region.",
            ),
            Self::RekeyInProgress { repository } => write!(
                f,
                "The repository with name {} is being encrypted under another key; wait until that has ended",
                place(repository)
            ),
            Self::SameKey { repository } => {
                write!(f, "The repository with name {} is under this key", place(repository))
            }
        }
    }
}

impl EncryptionRefusal {
    /// The key that was refused, if it is known.
    pub(crate) fn key(&self) -> Option<&KmsKeyArn> {
        match self {
            Self::Key { key, .. } => key.as_ref(),
            Self::Unavailable { .. }
            | Self::TwoLayers
            | Self::RekeyInProgress { .. }
            | Self::SameKey { .. } => None,
        }
    }
}

/// What KMS said about this key.
pub(crate) fn about(key: &KmsKeyArn) -> impl FnOnce(KeyFault) -> Failure {
    let key = key.clone();
    move |fault| match fault {
        KeyFault::Refused { code, message } => {
            EncryptionRefusal::Key { key: Some(key), code, message }.into()
        }
        fault => fault.into(),
    }
}

impl From<KeyFault> for Failure {
    fn from(fault: KeyFault) -> Self {
        match fault {
            KeyFault::Refused { code, message } => {
                EncryptionRefusal::Key { key: None, code, message }.into()
            }
            KeyFault::Unavailable { retry_after, why } => {
                tracing::warn!(why, "the key management service does not answer");
                EncryptionRefusal::Unavailable { retry_after }.into()
            }
            KeyFault::Broken(_) => Self::Fault(Fault::Broken(fault.into())),
        }
    }
}
