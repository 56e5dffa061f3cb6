//! `longshore backup` and `longshore restore`: to and from a folder or bucket of backups.

use std::path::PathBuf;
use std::sync::Arc;

use blobs::{
    Blobs, BucketConfig, BucketDocuments, Documents, LocalDocuments, LocalStore, ObjectStore,
    StoreError, keep_private,
};
use names::error_chain;
use operations::IfUnsealed;
use operations::backup::{
    BackupPlace, Made, Manifest, back_up, find, list, names, require_registry,
    restore as take_back, root_key_of,
};
use operations::migrate::{Outcome, Progress};
use tokio::runtime::Handle;

use crate::config::{ConfigError, Encryption, KeyringSource, Rows, Storage, Variable};
use crate::progress_line::{tell_unchecked, watched};
use crate::start_error::StartError;
use crate::stores::{self, Beside};

/// A place of backups.
#[derive(Debug, Clone)]
pub enum BackupAt {
    /// A folder.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Box<BucketConfig>),
}

impl BackupAt {
    /// Reads a folder's path, or the URL of a bucket, whose keys are in variables.
    pub fn parse(text: &str, variable: Variable<'_>) -> Result<Self, ConfigError> {
        if BucketConfig::is_address(text) {
            let bucket = BucketConfig::parse(text, variable);
            let bucket = bucket.map_err(ConfigError::Backups)?;
            return Ok(Self::Bucket(Box::new(bucket)));
        }
        if text.is_empty() {
            return Err(ConfigError::NoBackups);
        }
        Ok(Self::Folder(text.into()))
    }
}

/// The arguments of a backup.
#[derive(Debug, Clone)]
pub struct BackupAsked {
    /// What to back up.
    pub storage: Storage,
    /// The place of the backup.
    pub to: BackupAt,
    /// How many of the newest stay, if old ones are to go.
    pub keep: Option<usize>,
}

/// The arguments of a restore.
#[derive(Debug, Clone)]
pub struct RestoreAsked {
    /// The place of backups.
    pub from: BackupAt,
    /// Which; the newest if none is named.
    pub id: Option<String>,
    /// The registry that it must be of; that of all backups there if none is named.
    pub registry: Option<String>,
    /// The target.
    pub storage: Storage,
    /// Accept an unsealed backup.
    pub accept_unsealed: bool,
}

/// Makes a backup while servers may run. Prints its name on standard output.
pub async fn backup(asked: BackupAsked) -> Result<(), StartError> {
    let BackupAsked { storage, to, keep } = asked;
    require_apart(&to, &storage)?;
    let source = stores::open_as_is(&storage, Beside::Everybody).await?;
    source.require_archive(&storage).await?;
    let place = open_place(&to, Use::Write).await?;
    let progress = Progress::default();
    let working = back_up(&source.operations, &place, keep, &progress);
    let made = Box::pin(watched("backing up", &progress, working)).await;
    tell_unchecked(&progress);
    let Made { manifest, pruned } = made?;
    println!("{}", line(&manifest));
    eprintln!(
        "The backup does not contain the keyring and cannot be read without it: keep a copy of the keyring elsewhere (root keys {}).",
        manifest.root_keys.join(", ")
    );
    let pruned = pruned?;
    if keep.is_some() {
        for id in &pruned.backups {
            println!("removed {id}");
        }
        eprintln!("removed {} files of rows and {} objects", pruned.files, pruned.objects);
    }
    Ok(())
}

/// Refuses a backup inside the data folder: losing the folder would lose the backup.
fn require_apart(to: &BackupAt, storage: &Storage) -> Result<(), StartError> {
    let BackupAt::Folder(to) = to else { return Ok(()) };
    // A folder that does not exist yet is resolved by its nearest existing parent.
    let there = std::path::absolute(to).unwrap_or_default();
    let there = there.ancestors().find_map(|folder| folder.canonicalize().ok());
    let data = storage.data.canonicalize().ok().filter(|_| storage.uses_folder());
    match (there, data) {
        (Some(there), Some(data)) if there == data && to.is_dir() => {
            Err(StartError::BackupsInDataFolder { folder: to.clone() })
        }
        (Some(there), Some(data)) if there.starts_with(&data) => {
            let data = storage.data.clone();
            Err(StartError::BackupsInsideDataFolder { folder: to.clone(), data })
        }
        _ => Ok(()),
    }
}

/// Lists the complete backups, oldest first, on standard output. Returns `true` if no manifest was
/// altered. Without a keyring it lists only names.
pub async fn list_backups(at: BackupAt, storage: Storage) -> Result<bool, StartError> {
    let place = open_place(&at, Use::Read).await?;
    let in_folder = storage.data.join("keyring.json");
    if matches!(storage.keyring, KeyringSource::Folder) && !in_folder.exists() {
        let names = names(&place).await?;
        for id in &names {
            println!("{id}");
        }
        eprintln!(
            "None of these was verified; they are only names of files. To verify them, name the keyring with --keyring or --data."
        );
        return Ok(true);
    }
    let keyring = stores::open_keyring_as_it_is(&storage).await?;
    let mut all_open = true;
    for listed in list(&place, &keyring).await? {
        match listed.manifest {
            Ok(manifest) => println!("{}", line(&manifest)),
            Err(error) => {
                println!("{}  refused: {}", listed.id, error_chain(&error));
                all_open = false;
            }
        }
    }
    Ok(all_open)
}

/// Restores a backup into an empty place, or continues a restore.
pub async fn restore(asked: RestoreAsked) -> Result<(), StartError> {
    let RestoreAsked { from, id, registry, storage, accept_unsealed } = asked;
    let place = open_place(&from, Use::Read).await?;
    let kept = storage.data.join("keyring.json");
    let in_folder = matches!(storage.rows, Rows::Folder);
    if matches!(storage.keyring, KeyringSource::Folder) && !kept.exists() {
        let root_key = root_key_of(&place, id.as_deref()).await?;
        return Err(StartError::BackupWithoutKeyring { root_key });
    }
    let keyring = stores::open_keyring_as_it_is(&storage).await?;
    let found = find(&place, &keyring, id.as_deref()).await;
    let manifest = found?;
    eprintln!("{}", line(&manifest));
    let if_unsealed = if accept_unsealed { IfUnsealed::Accept } else { IfUnsealed::Refuse };
    manifest.require_trust(if_unsealed)?;
    require_registry(&place, &keyring, &manifest, registry.as_deref()).await?;
    let target = stores::open(&storage, Encryption::Longshore).await?;
    let progress = Progress::default();
    let working = take_back(&place, &manifest, if_unsealed, &target.operations, &progress);
    let outcome = watched("restoring", &progress, working).await;
    tell_unchecked(&progress);
    let outcome = outcome?;
    if in_folder && !kept.exists() {
        target.keyring.copy_to(&kept).map_err(StartError::KeyringNotCopied)?;
    }
    let (id, to) = (&manifest.id, storage.describe());
    match outcome {
        Outcome::Completed => {
            println!("{id} is now in {to}: every row and every byte was compared");
        }
        Outcome::WasComplete => println!("{id} was already restored to {to}; nothing was done"),
    }
    Ok(())
}

fn line(manifest: &Manifest) -> String {
    let Manifest { id, deployment, rows, objects, bytes, version, .. } = manifest;
    let vouched = if manifest.is_sealed() {
        format!("registry {deployment}")
    } else {
        "not sealed, so it may have been altered".to_owned()
    };
    format!(
        "{id}  {rows} rows, {objects} objects, {bytes} bytes of layers  (longshore {version}; {vouched})"
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Read,
    Write,
}

async fn open_place(at: &BackupAt, wanted: Use) -> Result<BackupPlace, StartError> {
    match at {
        BackupAt::Folder(folder) => {
            let cannot = |error: StoreError| {
                let folder = folder.clone();
                match error {
                    StoreError::InUse { .. } => StartError::BackupsInUse { folder },
                    source => StartError::Backups { folder, source },
                }
            };
            if folder.join("keyring.json").exists() || folder.join("longshore.sqlite").exists() {
                return Err(StartError::BackupsInDataFolder { folder: folder.clone() });
            }
            if wanted == Use::Read && !folder.is_dir() {
                return Err(StartError::NoBackups { folder: folder.clone() });
            }
            if wanted == Use::Write {
                // If others can look into it nevertheless, they see only sealed data.
                keep_private(folder).map_err(cannot)?;
            }
            let store = match wanted {
                Use::Write => LocalStore::open(folder),
                Use::Read => LocalStore::open_beside(folder),
            };
            let store: Arc<dyn ObjectStore> = Arc::new(store.map_err(cannot)?);
            let documents = Documents::new(Arc::new(LocalDocuments::new(folder)));
            Ok(BackupPlace { documents, blobs: Blobs::new(store) })
        }
        BackupAt::Bucket(bucket) => {
            let store: Arc<dyn ObjectStore> = Arc::new(stores::open_bucket(bucket).await?);
            let documents = BucketDocuments::new(bucket, Handle::current());
            let documents = documents.map_err(StartError::Objects)?;
            let documents = Documents::new(Arc::new(documents));
            Ok(BackupPlace { documents, blobs: Blobs::new(store) })
        }
    }
}
