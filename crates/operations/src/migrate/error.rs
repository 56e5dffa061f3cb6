use blobs::StoreError;
use db::DbError;
use names::ObjectKey;

use crate::{Failure, Fault};

/// Why a move failed: a message for the operator, with what to do.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are the words of the sentences")]
pub enum MoveError {
    /// Foreign rows are in the way.
    #[error(
        "the target is not empty: its table {table} has rows; choose an empty folder or database, or empty this one"
    )]
    RowsInTheWay { table: &'static str },
    /// Foreign objects are in the way.
    #[error(
        "the target is not empty: its store holds the object {object}; choose another prefix or folder"
    )]
    ObjectsInTheWay { object: ObjectKey },
    /// Something else was moving in.
    #[error(
        "the target holds an incomplete copy of {found}, and this is {wanted}: finish that one first, or start with an empty database and store"
    )]
    OtherSource { found: String, wanted: String },
    /// Another run has begun.
    #[error("another run has taken over; wait for it to finish")]
    TakenOver,
    /// Another backup of the registry runs.
    #[error("another backup of this registry is running; run this one again when it has ended")]
    OtherBackup,
    /// The process paused for so long that another run may have begun.
    #[error(
        "this backup paused for so long that another may have started: run it again, and it continues from here"
    )]
    Stopped,
    /// The keyring of the target cannot open what the source sealed.
    #[error(
        "the target's keyring differs from the source's ({wanted}): give the target a copy of the source's keyring with --keyring"
    )]
    OtherKeyring { wanted: String },
    /// The rows in the target are not those of the source.
    #[error(
        "the rows in the target differ from those in the source (table {table}): run the command again; if it fails again, the target's database changes what it stores"
    )]
    RowsDiffer { table: &'static str },
    /// An object of the source does not match its row.
    #[error(
        "object {object} of the source is damaged: {why}; if the source is a server's store, check it with longshore fsck --digests; if it is a backup, restore another one with --at"
    )]
    Damaged { object: ObjectKey, why: String },
    /// Rows name objects in an archive storage that was not named.
    #[error(
        "a layer of the source is in its archive storage, which was not named: add --archive-storage, or for longshore migrate --from-archive-storage"
    )]
    NoArchiveStorage,
    /// A server was started on something half filled.
    #[error(
        "this database holds an incomplete copy of {found}; finish it with: longshore {command}"
    )]
    Incomplete { found: String, command: &'static str },
    /// A document of a backup was altered.
    #[error("the backup is damaged: {what}")]
    BackupDamaged { what: String },
    /// A document of a backup is sealed under a root key that is not in the keyring.
    #[error(
        "{file} of the backups is sealed under the root key {wanted}, which is not in the keyring: use --keyring to name the keyring of the registry that made it"
    )]
    BackupOfOtherKeyring { file: String, wanted: String },
    /// Nothing vouches for a backup.
    #[error(
        "{file} is not sealed: either an older version made it, or it was forged. Add --accept-unsealed if no one else could write there, or restore a sealed backup with --at ID (longshore backup list shows them)"
    )]
    BackupUnsealed { file: String },
    /// Backups of two registries are in one place.
    #[error(
        "{file} is a backup of another registry ({found}, and this is {wanted}): use a separate folder or prefix for each registry"
    )]
    OtherRegistry { file: String, found: String, wanted: String },
    /// A restore is of a registry that was not asked for.
    #[error(
        "{file} is a backup of another registry ({found}, and --registry names {wanted}): name a backup of that registry with --at (longshore backup list shows them)"
    )]
    NotOfRegistry { file: String, found: String, wanted: String },
    /// A restore cannot tell which of two registries is meant.
    #[error(
        "backups of two registries are here: {file} is of {found}, and {other} is of {others}. One of the two is in the wrong place, or someone put it there: name the registry that you want with --registry"
    )]
    TwoRegistries { file: String, found: String, other: String, others: String },
    /// A file in a place of backups cannot be read, so the files that it needs are unknown.
    #[error(
        "the backup is complete, but old backups were not removed, because of an unusable file: {why}. If you do not need that file, delete it"
    )]
    NotPruned { why: Box<MoveError> },
    /// There is no backup of this name.
    #[error("there is no complete backup {id}; longshore backup list shows the complete ones")]
    NoBackup { id: String },
    /// The backup has another schema.
    #[error(
        "the backup was made with schema {found}, but this program has {known}: restore it with the version that made it ({version}), then start this version on it"
    )]
    OtherSchema { found: i64, known: i64, version: String },
    /// A call of a database or a store failed.
    #[error("{0}")]
    Broken(String),
}

impl From<Failure> for MoveError {
    fn from(failure: Failure) -> Self {
        Self::Broken(match failure {
            Failure::Refused(refusal) => refusal.to_string(),
            Failure::Fault(fault) => fault.chain(),
        })
    }
}

impl From<DbError> for MoveError {
    fn from(error: DbError) -> Self {
        Failure::from(error).into()
    }
}

impl From<StoreError> for MoveError {
    fn from(error: StoreError) -> Self {
        Self::Broken(Fault::Broken(error.into()).chain())
    }
}
