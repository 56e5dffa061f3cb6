use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use blobs::StoreError;
use keys::KeyError;
use operations::Failure;
use operations::migrate::MoveError;
use remote::TrustFileError;

use crate::explain::explain;
use crate::first_run::RootKeyError;
use crate::outlets::OutletError;
use crate::stores::StoresError;
use crate::tls::TlsError;

/// How to get lost rows back.
pub(crate) const WAYS_BACK: &str =
    "restore a backup, or recreate the rows of images with: longshore fsck --rebuild";

/// Why the server does not start, or a command on its data does not do its work. An error and its
/// sources ([`names::error_chain`]) are the message for the operator.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say what each case is, and what its fields are")]
pub enum StartError {
    #[error(transparent)]
    Stores(#[from] StoresError),
    #[error(transparent)]
    RootKey(#[from] RootKeyError),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error(transparent)]
    Outlets(#[from] OutletError),
    #[error("upstream-ca: {0}")]
    UpstreamCa(TrustFileError),
    #[error("oidc-ca: {0}")]
    OidcCa(TrustFileError),
    #[error("cannot listen on {address}: {why}; choose another address with --listen")]
    Listen { address: SocketAddr, why: io::Error },
    #[error("{0}")]
    ListensNowhere(io::Error),
    #[error("cannot write to standard output: {0}")]
    Output(io::Error),

    #[error("{} is missing, but there are objects: {WAYS_BACK}", database.display())]
    DatabaseMissing { database: PathBuf },
    #[error(
        "the database names none of the objects in {place}, so its rows were lost, and --repair would delete every layer: {WAYS_BACK}"
    )]
    RowsLost { place: String },

    #[error(
        "no target: set --database postgres://… (or LONGSHORE_DATABASE) and --objects s3://BUCKET/PREFIX (or LONGSHORE_OBJECTS)"
    )]
    NoTarget,
    #[error(
        "{} is a server's data folder; choose a separate folder for backups",
        folder.display()
    )]
    BackupsInDataFolder { folder: PathBuf },
    #[error(
        "{} is inside the data folder {} and would be lost with it: choose another folder, preferably on another disk",
        folder.display(),
        data.display()
    )]
    BackupsInsideDataFolder { folder: PathBuf, data: PathBuf },
    #[error(
        "another backup or server is using {}; wait for it, or choose another folder",
        folder.display()
    )]
    BackupsInUse { folder: PathBuf },
    #[error("there is no folder {}", folder.display())]
    NoBackups { folder: PathBuf },
    #[error("cannot keep backups in {}", folder.display())]
    Backups { folder: PathBuf, source: StoreError },
    #[error(
        "the backup does not contain the keyring: name your copy with --keyring{}",
        root_key.as_ref().map_or_else(String::new, |key| format!(" (the one with root key {key})"))
    )]
    BackupWithoutKeyring { root_key: Option<String> },
    #[error(transparent)]
    KeyringNotCopied(KeyError),
    #[error(transparent)]
    Keyring(KeyError),
    #[error(
        "{} is sealed under a passphrase: name a file with it with --passphrase-file, or set LONGSHORE_EXPORT_PASSPHRASE",
        from.display()
    )]
    ImportWithoutPassphrase { from: PathBuf },
    #[error(
        "{} is sealed under the KMS key {key}, and import takes a plain keyring file or one that is sealed under a passphrase: make one with longshore keyring export",
        from.display()
    )]
    ImportUnderKmsKey { from: PathBuf, key: String },
    #[error(
        "{} is another keyring than the one that {place} was made with ({why}): import an export of that one",
        from.display()
    )]
    ImportOfOtherKeyring { from: PathBuf, place: String, why: String },
    #[error(
        "{} already exists, and an import overwrites no keyring: rename it first, and delete it when the server has started with the new one",
        path.display()
    )]
    KeyringInTheWay { path: PathBuf },
    #[error("name a file with --to, or redirect standard output: it is a terminal")]
    ExportToTerminal,
    #[error("cannot make the folder {}: {why}", folder.display())]
    FolderNotMade { folder: PathBuf, why: io::Error },

    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Objects(StoreError),
    #[error("{}", explain(.0))]
    Verb(Failure),
}
