//! Opens the keyring, and holds it against the rows.

use blobs::Blobs;
use db::{Db, DbError, Tx};
use keys::{Keyring, SealedAs};
use operations::{KEYRING_CHECK, RootKeys};

use super::StoresError;
use super::rows::DATABASE;
use crate::config::{KeyringSource, Storage};

/// The configured keyring; the folder's own is made if the folder is empty.
pub(super) async fn open_keyring(storage: &Storage, blobs: &Blobs) -> Result<Keyring, StoresError> {
    let data = storage.data.as_path();
    match &storage.keyring {
        KeyringSource::File(_) | KeyringSource::Secret(_) => handed_keyring(storage),
        KeyringSource::Folder => {
            let path = data.join("keyring.json");
            if !path.exists() {
                let objects = blobs.list(None, 1).await;
                let objects = objects.map_err(|error| StoresError::folder(data, error))?;
                if !objects.is_empty() || data.join(DATABASE).exists() {
                    return Err(StoresError::KeyringMissing { path, place: storage.describe() });
                }
            }
            Keyring::open_or_create_under(&path, storage.passphrase.as_ref())
                .map_err(|error| StoresError::folder(data, error))
        }
    }
}

fn handed_keyring(storage: &Storage) -> Result<Keyring, StoresError> {
    let passphrase = storage.passphrase.as_ref();
    match &storage.keyring {
        KeyringSource::File(path) => {
            Keyring::open_handed(path, passphrase).map_err(StoresError::KeyringFile)
        }
        KeyringSource::Secret(secret) => {
            Keyring::parse_under(secret, passphrase).map_err(StoresError::KeyringSecret)
        }
        KeyringSource::Folder => Err(StoresError::NoKeyring),
    }
}

/// The configured keyring, which must exist.
pub(crate) fn open_keyring_as_it_is(storage: &Storage) -> Result<Keyring, StoresError> {
    match &storage.keyring {
        KeyringSource::Folder => {
            let path = storage.data.join("keyring.json");
            Keyring::open_handed(&path, storage.passphrase.as_ref())
                .map_err(|error| StoresError::folder(&storage.data, error))
        }
        KeyringSource::File(_) | KeyringSource::Secret(_) => handed_keyring(storage),
    }
}

/// Lets the keyring go by what the rows say about root keys.
pub(super) async fn settle_keyring(db: &Db, keyring: &Keyring) -> Result<(), StoresError> {
    let root_keys = RootKeys::read(db).await.map_err(StoresError::Unreadable)?;
    let settled = root_keys.settle(keyring);
    settled.map_err(|error| StoresError::OtherKeyring { why: error.to_string() })
}

/// Checks the keyring against the rows. A node with another one would seal what no other node can
/// open.
pub(super) async fn agree_on_keyring(db: &Db, keyring: &Keyring) -> Result<(), StoresError> {
    let unreadable = |error: DbError| StoresError::Unreadable(error);
    let look = |tx: &mut Tx<'_>| tx.find_deployment_fact(KEYRING_CHECK);
    let mut found = db.read(look).await.map_err(unreadable)?;
    if found.is_none() {
        let sealed = hex::encode(keyring.seal_as(SealedAs::KeyringCheck, KEYRING_CHECK.as_bytes()));
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
pub(super) async fn hold_keyring_against(db: &Db, keyring: &Keyring) -> Result<(), StoresError> {
    let look = |tx: &mut Tx<'_>| tx.find_deployment_fact(KEYRING_CHECK);
    let found = db.read(look).await.map_err(|error: DbError| StoresError::Unreadable(error))?;
    found.map_or(Ok(()), |found| opens(keyring, &found))
}

fn opens(keyring: &Keyring, found: &str) -> Result<(), StoresError> {
    let opened = hex::decode(found).map_err(|error| error.to_string()).and_then(|sealed| {
        keyring.open_as(SealedAs::KeyringCheck, &sealed).map_err(|error| error.to_string())
    });
    match opened {
        Ok(_) => Ok(()),
        Err(why) => Err(StoresError::OtherKeyring { why }),
    }
}
