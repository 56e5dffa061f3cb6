use names::{KmsKeyId, MaterialId};

/// What a sealed value in the rows is. It opens as this and as nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedAs<'a> {
    /// The secret of the access key of this id.
    AccessKey(&'a str),
    /// The secret part of a customer's key.
    KmsMaterial {
        /// The key.
        key: &'a KmsKeyId,
        /// Which of its materials.
        id: &'a MaterialId,
    },
    /// The value of a secret of Secrets Manager.
    Secret {
        /// The ARN of the secret.
        secret: &'a str,
        /// Which of its versions.
        version: &'a str,
    },
    /// The private key of this fingerprint, which signs the digest files of an audit trail.
    AuditKey(&'a str),
    /// The value that shows whether a keyring is the one that the rows were written with.
    KeyringCheck,
}

impl SealedAs<'_> {
    pub(crate) fn purpose(self) -> &'static str {
        match self {
            Self::AccessKey(_) => "access-key-secret",
            Self::KmsMaterial { .. } => "kms key material",
            Self::Secret { .. } => "secret value",
            Self::AuditKey(_) => "audit signing key",
            Self::KeyringCheck => "keyring-check",
        }
    }

    pub(crate) fn context(self) -> String {
        match self {
            Self::AccessKey(id) | Self::AuditKey(id) => id.to_owned(),
            Self::KmsMaterial { key, id } => format!("{key}/{id}"),
            // No version has a space in it, and no ARN.
            Self::Secret { secret, version } => format!("{secret} {version}"),
            Self::KeyringCheck => String::new(),
        }
    }
}
