use std::error::Error;
use std::path::{Path, PathBuf};

use blobs::{BucketConfig, StoreError};
use db::DbError;
use keys::{KeyError, KeyFault};
use names::KmsKeyArn;
use operations::Failure;
use operations::migrate::MoveError;
use tokio::task::JoinError;

use crate::explain::explain;
use crate::external_kms::ExternalKmsError;

/// Why the stores cannot be opened, or not together.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say what each case is, and what its fields are")]
pub enum StoresError {
    #[error("there is no data folder at {}; name it with --data", folder.display())]
    NoFolder { folder: PathBuf },
    #[error("cannot open the data folder {}", folder.display())]
    Folder { folder: PathBuf, source: Box<dyn Error + Send + Sync> },
    #[error(
        "{} is in use by another longshore process; stop that one, or choose another folder with --data",
        folder.display()
    )]
    FolderInUse { folder: PathBuf },
    #[error(
        "a server that can write has {0} open; stop it, or restart it as: longshore serve --read-only --data {0} (pulls then continue)",
        folder.display()
    )]
    FolderWrittenTo { folder: PathBuf },
    #[error(
        "the data folder {0} is open to others (mode {mode:04o}) and also holds other files ({1}): run `chmod 700 {0}`, or choose a separate folder with --data",
        folder.display(),
        other.display()
    )]
    FolderOpenToOthers { folder: PathBuf, mode: u32, other: PathBuf },
    #[error(
        "the data folder {0} is writable by anyone (mode {mode:04o}) and belongs to another user: ask its owner to run `chmod 700 {0}`, or choose another folder with --data",
        folder.display()
    )]
    FolderWritableByAnyone { folder: PathBuf, mode: u32 },
    #[error("cannot deliver audit records to {}; name another folder with --audit-trail", folder.display())]
    AuditTrail { folder: PathBuf, source: Box<dyn Error + Send + Sync> },
    #[error("cannot use the bucket {bucket} at {at}")]
    Bucket { bucket: String, at: String, source: Box<dyn Error + Send + Sync> },
    #[error(
        "the bucket {bucket} holds no layer of this database under {prefix:?}: set --objects to where they are; \
         `longshore fsck` lists what is missing"
    )]
    NoLayers { bucket: String, prefix: String },
    #[error(
        "{place} holds no archived layer of this database: set --archive-storage to where they are; \
         `longshore fsck` lists what is missing"
    )]
    NoArchivedLayers { place: String },
    #[error(
        "some layers of this database are in an archive storage: set --archive-storage to where that is. To do without, \
         restore the archived images first, or move to a place without one with `longshore migrate`"
    )]
    ArchiveNotNamed,
    #[error("cannot open the archive folder {}", folder.display())]
    ArchiveFolder { folder: PathBuf, source: Box<dyn Error + Send + Sync> },
    #[error(
        "the archive folder {} is in use by another longshore process; each server needs its own, and nodes that share a database need a bucket",
        folder.display()
    )]
    ArchiveInUse { folder: PathBuf },
    #[error(
        "{} is the data folder of a server, or in its objects: choose another folder with --archive-storage",
        folder.display()
    )]
    ArchiveInDataFolder { folder: PathBuf },
    #[error("cannot look for the layers of this database: {}", explain(.0))]
    LayersNotFound(Failure),
    #[error(
        "{} is missing, and no layer in {place} can be read without it; restore it from your copy",
        path.display()
    )]
    KeyringMissing { path: PathBuf, place: String },
    #[error(
        "there is no keyring at {}; name the data folder with --data, or the keyring with --keyring or LONGSHORE_KEYRING_SECRET",
        path.display()
    )]
    KeyringNotFound { path: PathBuf },
    #[error("cannot open the keyring, which is sealed under the KMS key {key}")]
    KeyringLocked { key: KmsKeyArn, source: KeyFault },
    #[error(
        "the keyring is sealed under the KMS key {key}, not under the one that --keyring-kms-key names; to change it, export the keyring, rename its file, and import the export with the new key"
    )]
    KeyringUnderOtherKey { key: KmsKeyArn },
    #[error("no keyring configured; set LONGSHORE_KEYRING_SECRET or --keyring")]
    NoKeyring,
    #[error(transparent)]
    KeyringFile(KeyError),
    #[error("LONGSHORE_KEYRING_SECRET")]
    KeyringSecret(#[source] KeyError),
    #[error(
        "this database was made with another keyring ({why}), so no layer and no secret can be read; \
         give every node the keyring of the first node, with LONGSHORE_KEYRING_SECRET or --keyring"
    )]
    OtherKeyring { why: String },
    #[error(transparent)]
    ExternalKms(ExternalKmsError),
    #[error("cannot use the database")]
    Database(#[source] DbError),
    #[error(transparent)]
    DatabaseNotAsked(JoinError),
    #[error("cannot read the database")]
    Unreadable(#[source] DbError),
    #[error(transparent)]
    Incomplete(MoveError),
}

impl StoresError {
    pub(super) fn folder(folder: &Path, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Folder { folder: folder.to_owned(), source: source.into() }
    }

    pub(super) fn archive(folder: &Path, error: StoreError) -> Self {
        let folder = folder.to_owned();
        match error {
            StoreError::InUse { .. } => Self::ArchiveInUse { folder },
            error => Self::ArchiveFolder { folder, source: error.into() },
        }
    }

    pub(super) fn bucket(
        bucket: &BucketConfig,
        source: impl Error + Send + Sync + 'static,
    ) -> Self {
        let at = bucket.at().to_owned();
        Self::Bucket { bucket: bucket.bucket.clone(), at, source: source.into() }
    }
}
