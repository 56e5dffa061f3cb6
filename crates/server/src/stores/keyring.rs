//! Opens the keyring, and holds it against the rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use blobs::Blobs;
use db::{Db, DbError, Tx};
use keys::secret_file::{self, SecretFileError};
use keys::{KeyError, Keyring, KmsSeal, KmsWrapped, Seal, SealedAs};
use names::Clock;
use operations::{KEYRING_CHECK, RootKeys};
use zeroize::Zeroizing;

use super::StoresError;
use super::rows::DATABASE;
use crate::clock::SystemClock;
use crate::config::{KeyringSource, Storage};
use crate::external_kms::ExternalKeys;

/// What KMS binds the keyring's data key to.
const CONTEXT: (&str, &str) = ("longshore:keyring", "root keys");

/// What the keyring is sealed under, if it is: if that is a KMS key, its service is asked.
pub(crate) async fn keyring_seal(
    storage: &Storage,
    external: &ExternalKeys,
) -> Result<Option<Seal>, StoresError> {
    let Some(key) = &storage.external_kms.keyring_key else {
        return Ok(storage.passphrase.clone().map(Seal::Passphrase));
    };
    let pairs = BTreeMap::from([(CONTEXT.0.to_owned(), CONTEXT.1.to_owned())]);
    let locked = |source| StoresError::KeyringLocked { key: key.clone(), source };
    let text = keyring_text(storage)?;
    let seal = match text.as_deref().and_then(|text| KmsWrapped::in_text(text)) {
        Some(wrapped) if wrapped.key != *key => {
            return Err(StoresError::KeyringUnderOtherKey { key: wrapped.key });
        }
        Some(wrapped) => {
            let opened = external.open(key, &pairs, &wrapped.ciphertext).await;
            KmsSeal { data_key: opened.map_err(locked)?, wrapped }
        }
        None => {
            let made = external.generate(key, &pairs).await;
            let (data_key, ciphertext) = made.map_err(locked)?;
            KmsSeal { data_key, wrapped: KmsWrapped { key: key.clone(), ciphertext } }
        }
    };
    Ok(Some(Seal::Kms(seal)))
}

/// The text of the keyring, if there is one.
fn keyring_text(storage: &Storage) -> Result<Option<Zeroizing<Vec<u8>>>, StoresError> {
    let read = match &storage.keyring {
        KeyringSource::Folder => secret_file::read(&storage.data.join("keyring.json")),
        KeyringSource::File(path) => secret_file::read_handed(path),
        KeyringSource::Secret(text) => Ok(Zeroizing::new(text.trim().as_bytes().to_vec())),
    };
    match read {
        Ok(text) => Ok(Some(text)),
        Err(SecretFileError::NotFound { .. }) => Ok(None),
        Err(error) => Err(StoresError::KeyringFile(error.into())),
    }
}

/// The configured keyring; the folder's own is made if the folder is empty.
pub(super) async fn open_keyring(
    storage: &Storage,
    external: &ExternalKeys,
    blobs: &Blobs,
) -> Result<Keyring, StoresError> {
    let data = storage.data.as_path();
    match &storage.keyring {
        KeyringSource::File(_) | KeyringSource::Secret(_) => {
            handed_keyring(storage, keyring_seal(storage, external).await?.as_ref())
        }
        KeyringSource::Folder => {
            let path = data.join("keyring.json");
            if !path.exists() {
                let objects = blobs.list(None, 1).await;
                let objects = objects.map_err(|error| StoresError::folder(data, error))?;
                if !objects.is_empty() || data.join(DATABASE).exists() {
                    return Err(StoresError::KeyringMissing { path, place: storage.describe() });
                }
            }
            let seal = keyring_seal(storage, external).await?;
            Keyring::open_or_create_under(&path, seal.as_ref())
                .map_err(|error| StoresError::folder(data, error))
        }
    }
}

fn handed_keyring(storage: &Storage, seal: Option<&Seal>) -> Result<Keyring, StoresError> {
    match &storage.keyring {
        KeyringSource::File(path) => {
            Keyring::open_handed(path, seal).map_err(StoresError::KeyringFile)
        }
        KeyringSource::Secret(secret) => {
            Keyring::parse_under(secret, seal).map_err(StoresError::KeyringSecret)
        }
        KeyringSource::Folder => Err(StoresError::NoKeyring),
    }
}

/// The configured keyring, which must exist.
pub(super) async fn open_keyring_with(
    storage: &Storage,
    external: &ExternalKeys,
) -> Result<Keyring, StoresError> {
    let seal = keyring_seal(storage, external).await?;
    match &storage.keyring {
        KeyringSource::Folder => {
            let path = storage.data.join("keyring.json");
            Keyring::open_handed(&path, seal.as_ref()).map_err(|error| match error {
                KeyError::File(SecretFileError::NotFound { path }) => {
                    StoresError::KeyringNotFound { path }
                }
                error => StoresError::folder(&storage.data, error),
            })
        }
        KeyringSource::File(_) | KeyringSource::Secret(_) => handed_keyring(storage, seal.as_ref()),
    }
}

/// The same without any other store.
pub(crate) async fn open_keyring_as_it_is(storage: &Storage) -> Result<Keyring, StoresError> {
    open_keyring_with(storage, &*external_keys(storage)?).await
}

/// The keys of other services. Their calls are signed with the time of this machine, because those
/// services know nothing of the clock of our database.
pub(crate) fn external_keys(storage: &Storage) -> Result<Arc<ExternalKeys>, StoresError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let keys = ExternalKeys::new(&storage.external_kms, &clock);
    keys.map(Arc::new).map_err(StoresError::ExternalKms)
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
