//! Opens the stores that a configuration names, and checks that they belong together.
//!
//! # Invariants
//! * A folder is opened by one process only; the lock is taken before anything in it is read.
//!   Processes that only read share the lock, so that nothing is written at the same time. A backup
//!   reads beside the process that has the folder, and writes only its hold.
//! * Nothing is served with a keyring that does not open the sealed values in the rows: the first
//!   node leaves a sealed value there, and every later one has to open it.
//! * A keyring is made only for an empty folder: a new one could not open any existing layer.
//!
//! # On a crash
//! Folder, schema and sealed value each exist or not; the next start makes what is missing.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use blobs::{Blobs, BucketConfig, BucketStore, FolderLock, LocalStore, ObjectStore, StoreError};
use db::{Db, DbError, Tx};
use keys::Keyring;
use names::Clock;
use operations::{AtRest, Operations, REMEMBER_EXPIRIES_DAYS};
use tokio::runtime::Handle;

use crate::clock::{SharedClock, SystemClock};
use crate::config::{Encryption, KeyringSource, Objects, Rows, Storage};
use crate::data_folder::{keep_to_owner, warn_if_open};
use crate::start::{StartError, chain, explain};

/// Rows, bytes and keys, and the verbs over them.
pub(crate) struct Stores {
    pub(crate) db: Db,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) operations: Arc<Operations>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The clock again, if it is one that has to be measured.
    pub(crate) shared_clock: Option<Arc<SharedClock>>,
    /// Held as long as the stores are.
    _folder: Option<FolderLock>,
}

/// Connections to PostgreSQL that a node has at most. A closure waits for its answers most of the
/// time, so there are several for each core.
const CONNECTIONS: usize = 16;

/// The file that holds the rows.
pub(crate) const DATABASE: &str = "longshore.sqlite";

/// Opens the configured stores, and creates what is missing.
pub(crate) async fn open(storage: &Storage, encryption: Encryption) -> Result<Stores, StartError> {
    open_keeping(storage, encryption, Keeping::default()).await
}

/// How long to keep what nothing refers to any more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keeping {
    /// Bytes of deleted images.
    pub(crate) deleted: Duration,
    /// Why images expired.
    pub(crate) expiries: Duration,
}

impl Default for Keeping {
    fn default() -> Self {
        let expiries = Duration::from_hours(24 * REMEMBER_EXPIRIES_DAYS);
        Self { deleted: Duration::ZERO, expiries }
    }
}

/// The same, but this is kept for a while.
pub(crate) async fn open_keeping(
    storage: &Storage,
    encryption: Encryption,
    keeping: Keeping,
) -> Result<Stores, StartError> {
    keep_to_owner(storage)?;
    let (blobs, folder) = open_blobs(storage).await?;
    let keyring = open_keyring(storage, &blobs).await?;
    let db = open_rows(storage).await?;
    agree_on_keyring(&db, &keyring).await?;
    let (shared_clock, clock) = measured(&db).await?;
    let at_rest = match encryption {
        Encryption::Longshore => AtRest::Sealed,
        Encryption::Storage => AtRest::Storage,
    };
    let keyring = Arc::new(keyring);
    let operations = Operations::new(db.clone(), blobs, keyring.clone(), clock.clone(), at_rest);
    let operations = operations.keeping_deleted(keeping.deleted);
    let operations = Arc::new(operations.remembering_expiries(keeping.expiries));
    Ok(Stores { db, keyring, operations, clock, shared_clock, _folder: folder })
}

/// Refuses a store with an incomplete move.
pub(crate) async fn require_complete(stores: &Stores) -> Result<(), StartError> {
    let complete = operations::migrate::require_complete(&stores.db).await;
    complete.map_err(|error| StartError(chain(&error)))
}

/// The clock that all nodes on these rows share.
async fn measured(db: &Db) -> Result<(Option<Arc<SharedClock>>, Arc<dyn Clock>), StartError> {
    let measured = SharedClock::measured(db).await.map_err(|error| unreadable(&error))?;
    let measured = measured.map(Arc::new);
    let clock: Arc<dyn Clock> = match &measured {
        Some(clock) => clock.clone(),
        None => Arc::new(SystemClock),
    };
    Ok((measured, clock))
}

/// Which other processes may have a folder open that is opened unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Those that read.
    Readers,
    /// Also the one that writes.
    Everybody,
}

/// Opens the configured stores unchanged: nothing is created, and no schema is migrated except that
/// of a database that nodes share. Rows are written only if other processes may write to the folder
/// too.
pub(crate) async fn open_as_is(storage: &Storage, beside: Beside) -> Result<Stores, StartError> {
    if storage.uses_folder() && !storage.data.is_dir() {
        let folder = storage.data.display();
        return Err(StartError(format!(
            "there is no data folder at {folder}; name it with --data"
        )));
    }
    warn_if_open(storage)?;
    let (blobs, folder) = open_blobs_as_they_are(storage, beside)?;
    let keyring = Arc::new(open_keyring_as_it_is(storage)?);
    let db = match &storage.rows {
        Rows::Folder => Db::open_beside(&storage.data.join(DATABASE))
            .map_err(|error| cannot(&storage.data, &error))?,
        Rows::Postgres(_) => open_rows(storage).await?,
    };
    hold_keyring_against(&db, &keyring).await?;
    let (shared_clock, clock) = measured(&db).await?;
    let db = match beside {
        Beside::Readers => db.read_only(),
        Beside::Everybody => db,
    };
    let operations =
        Operations::new(db.clone(), blobs, keyring.clone(), clock.clone(), AtRest::Sealed);
    let operations = Arc::new(operations);
    Ok(Stores { db, keyring, operations, clock, shared_clock, _folder: folder })
}

fn open_blobs_as_they_are(
    storage: &Storage,
    beside: Beside,
) -> Result<(Blobs, Option<FolderLock>), StartError> {
    let data = storage.data.as_path();
    let explain = |error: StoreError| match error {
        StoreError::InUse { .. } => StartError(format!(
            "a server that can write has {0} open; stop it, or restart it as: longshore serve --read-only --data {0} (pulls then continue)",
            data.display()
        )),
        error => cannot(data, &error),
    };
    let store: Arc<dyn ObjectStore> = match (&storage.objects, beside) {
        (Objects::Folder, Beside::Readers) => {
            Arc::new(LocalStore::open_shared(data).map_err(explain)?)
        }
        (Objects::Folder, Beside::Everybody) => {
            Arc::new(LocalStore::open_beside(data).map_err(explain)?)
        }
        (Objects::Bucket(bucket), _) => Arc::new(new_bucket(bucket)?),
    };
    let folder = match (&storage.rows, &storage.objects, beside) {
        (Rows::Folder, Objects::Bucket(_), Beside::Readers) => {
            Some(FolderLock::share(data).map_err(explain)?)
        }
        _ => None,
    };
    Ok((Blobs::new(store), folder))
}

/// The configured keyring, which must exist.
pub(crate) fn open_keyring_as_it_is(storage: &Storage) -> Result<Keyring, StartError> {
    match &storage.keyring {
        KeyringSource::Folder => Keyring::open_handed(&storage.data.join("keyring.json"))
            .map_err(|error| cannot(&storage.data, &error)),
        KeyringSource::File(_) | KeyringSource::Secret(_) => handed_keyring(&storage.keyring),
    }
}

impl Stores {
    /// Refuses a bucket that holds none of the layers in the rows: no other node could find
    /// anything pushed into it. A folder has its rows beside its layers, and needs no such check.
    pub(crate) async fn require_layers(&self, storage: &Storage) -> Result<(), StartError> {
        let Objects::Bucket(bucket) = &storage.objects else { return Ok(()) };
        match self.operations.store_holds_layers().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(StartError(format!(
                "the bucket {} holds no layer of this database under {:?}: set --objects to where they are; \
                 `longshore fsck` lists what is missing",
                bucket.bucket, bucket.prefix
            ))),
            Err(failure) => Err(StartError(format!(
                "cannot look for the layers of this database: {}",
                explain(&failure)
            ))),
        }
    }
}

pub(crate) async fn open_blobs(
    storage: &Storage,
) -> Result<(Blobs, Option<FolderLock>), StartError> {
    let data = storage.data.as_path();
    let explain = |error: StoreError| match error {
        StoreError::InUse { .. } => StartError(format!(
            "{} is in use by another longshore process; stop that one, or choose another folder with --data",
            data.display()
        )),
        error => cannot(data, &error),
    };
    let (store, folder): (Arc<dyn ObjectStore>, _) = match &storage.objects {
        Objects::Folder => (Arc::new(LocalStore::open(data).map_err(explain)?), None),
        Objects::Bucket(bucket) => {
            // Rows in a folder are one process's, wherever the layers are.
            let folder = match &storage.rows {
                Rows::Folder => Some(FolderLock::take(data).map_err(explain)?),
                Rows::Postgres(_) => None,
            };
            (Arc::new(open_bucket(bucket).await?), folder)
        }
    };
    Ok((Blobs::new(store), folder))
}

fn unusable(bucket: &BucketConfig, error: &dyn std::error::Error) -> StartError {
    let at = bucket.at();
    StartError(format!("cannot use the bucket {} at {at}: {}", bucket.bucket, chain(error)))
}

fn new_bucket(bucket: &BucketConfig) -> Result<BucketStore, StartError> {
    BucketStore::new(bucket, Handle::current()).map_err(|error| unusable(bucket, &error))
}

/// A bucket that can be written to.
pub(crate) async fn open_bucket(bucket: &BucketConfig) -> Result<BucketStore, StartError> {
    let explain = |error: &dyn std::error::Error| unusable(bucket, error);
    let store = new_bucket(bucket)?;
    let checked = tokio::task::spawn_blocking(move || store.check().map(|()| store));
    match checked.await {
        Ok(checked) => checked.map_err(|error| explain(&error)),
        Err(panicked) => Err(explain(&panicked)),
    }
}

async fn open_keyring(storage: &Storage, blobs: &Blobs) -> Result<Keyring, StartError> {
    let data = storage.data.as_path();
    match &storage.keyring {
        KeyringSource::File(_) | KeyringSource::Secret(_) => handed_keyring(&storage.keyring),
        KeyringSource::Folder => {
            let path = data.join("keyring.json");
            if !path.exists() {
                let objects = blobs.list(None, 1).await.map_err(|error| cannot(data, &error))?;
                if !objects.is_empty() || data.join(DATABASE).exists() {
                    return Err(StartError(format!(
                        "{} is missing, and no layer in {} can be read without it; restore it from your copy",
                        path.display(),
                        storage.describe()
                    )));
                }
            }
            Keyring::open_or_create(&path).map_err(|error| cannot(data, &error))
        }
    }
}

fn handed_keyring(source: &KeyringSource) -> Result<Keyring, StartError> {
    match source {
        KeyringSource::File(path) => {
            Keyring::open_handed(path).map_err(|error| StartError(chain(&error)))
        }
        KeyringSource::Secret(secret) => Keyring::parse(secret)
            .map_err(|error| StartError(format!("LONGSHORE_KEYRING_SECRET: {}", chain(&error)))),
        KeyringSource::Folder => Err(StartError(
            "no keyring configured; set LONGSHORE_KEYRING_SECRET or --keyring".to_owned(),
        )),
    }
}

async fn open_rows(storage: &Storage) -> Result<Db, StartError> {
    let data = storage.data.as_path();
    match &storage.rows {
        Rows::Folder => Db::open(&data.join(DATABASE)).map_err(|error| cannot(data, &error)),
        Rows::Postgres(url) => {
            let url = url.clone();
            let connecting =
                tokio::task::spawn_blocking(move || Db::connect(url.expose(), CONNECTIONS));
            let connected =
                connecting.await.map_err(|panicked| StartError(panicked.to_string()))?;
            connected
                .map_err(|error| StartError(format!("cannot use the database: {}", chain(&error))))
        }
    }
}

/// The name of the sealed value, its purpose, and its content.
const KEYRING_CHECK: &str = "keyring-check";

/// Checks the keyring against the rows. A node with another one would seal what no other node can
/// open.
async fn agree_on_keyring(db: &Db, keyring: &Keyring) -> Result<(), StartError> {
    let unreadable = |error: DbError| unreadable(&error);
    let look = |tx: &mut Tx<'_>| tx.find_deployment_fact(KEYRING_CHECK);
    let mut found = db.read(look).await.map_err(unreadable)?;
    if found.is_none() {
        let sealed = hex::encode(keyring.seal(KEYRING_CHECK, "", KEYRING_CHECK.as_bytes()));
        let agree = move |tx: &mut Tx<'_>| match tx.find_deployment_fact(KEYRING_CHECK)? {
            // Another node was first.
            Some(theirs) => Ok(Some(theirs)),
            None => tx.put_deployment_fact(KEYRING_CHECK, &sealed).map(|()| None),
        };
        found = db.write(agree).await.map_err(unreadable)?;
    }
    found.map_or(Ok(()), |found| opens(keyring, &found))
}

/// Holds the keyring against the rows, if they have something to hold it against.
async fn hold_keyring_against(db: &Db, keyring: &Keyring) -> Result<(), StartError> {
    let look = |tx: &mut Tx<'_>| tx.find_deployment_fact(KEYRING_CHECK);
    let found = db.read(look).await.map_err(|error: DbError| unreadable(&error))?;
    found.map_or(Ok(()), |found| opens(keyring, &found))
}

fn opens(keyring: &Keyring, found: &str) -> Result<(), StartError> {
    let opened = hex::decode(found).map_err(|error| error.to_string()).and_then(|sealed| {
        keyring.open(KEYRING_CHECK, "", &sealed).map_err(|error| error.to_string())
    });
    match opened {
        Ok(_) => Ok(()),
        Err(why) => Err(StartError(format!(
            "this database was made with another keyring ({why}), so no layer and no secret can be read; \
             give every node the keyring of the first node, with LONGSHORE_KEYRING_SECRET or --keyring"
        ))),
    }
}

fn unreadable(error: &DbError) -> StartError {
    StartError(format!("cannot read the database: {}", chain(error)))
}

fn cannot(data: &Path, error: &dyn std::error::Error) -> StartError {
    StartError(format!("cannot open the data folder {}: {}", data.display(), chain(error)))
}

#[cfg(test)]
mod tests {
    use stand_ins::Postgres;
    use zeroize::Zeroizing;

    use super::*;
    use crate::config::{StorageFlags, Variable};

    const KEYRING: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const ANOTHER: &str = "f00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    fn opened(stores: Result<Stores, StartError>, what: &str) -> Stores {
        stores.unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    fn refused(stores: Result<Stores, StartError>, what: &str) -> StartError {
        match stores {
            Ok(_) => panic!("{what} is not refused"),
            Err(refused) => refused,
        }
    }

    /// A node over a database, with a folder for its layers.
    async fn node(url: &str, keyring: &str) -> Result<Stores, StartError> {
        let folder = tempfile::tempdir().unwrap();
        let secret = Zeroizing::new(keyring.to_owned());
        let variable: Variable<'_> =
            &|name| (name == "LONGSHORE_KEYRING_SECRET").then(|| secret.to_string());
        let flags = StorageFlags {
            data: Some(folder.path().to_owned()),
            database: Some(url.to_owned()),
            ..StorageFlags::default()
        };
        open(&Storage::settle(flags, variable).unwrap(), Encryption::Longshore).await
    }

    #[tokio::test]
    async fn nodes_have_one_keyring() {
        let Some(server) = Postgres::shared() else { return };
        let url = server.database().url();
        opened(node(&url, KEYRING).await, "the first node");
        opened(node(&url, KEYRING).await, "a node with the same keyring");
        let rotated = format!("{KEYRING},{ANOTHER}");
        opened(node(&url, &rotated).await, "a node whose keyring has a newer key as well");
        let refused = refused(node(&url, ANOTHER).await, "a node with another keyring");
        assert!(refused.0.contains("made with another keyring"), "{refused}");
        assert!(!refused.0.contains(ANOTHER), "{refused}");
    }

    #[tokio::test]
    async fn a_folder_has_one_keyring_too() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::folder(folder.path());
        drop(opened(open(&storage, Encryption::Longshore).await, "a new folder"));
        drop(opened(open(&storage, Encryption::Longshore).await, "the same folder"));
        std::fs::rename(folder.path().join("keyring.json"), folder.path().join("gone")).unwrap();
        Keyring::open_or_create(&folder.path().join("keyring.json")).unwrap();
        let refused = refused(open(&storage, Encryption::Longshore).await, "another keyring");
        assert!(refused.0.contains("made with another keyring"), "{refused}");
    }

    #[tokio::test]
    async fn a_database_that_is_not_there_is_a_sentence() {
        let url = "postgres://longshore@127.0.0.1:1/rows?connect_timeout=1";
        let refused = refused(node(url, KEYRING).await, "nobody listens there");
        assert!(refused.0.starts_with("cannot use the database: "), "{refused}");
    }
}
