use std::path::Path;

use db::{DbError, NewBlob, Tx};
use keys::Keyring;
use names::{
    AccountId, Digest, EncryptionKey, ObjectKey, Region, RegistryId, StorageClass, Timestamp,
    WrappedKey, error_chain,
};
use stand_ins::Postgres;
use zeroize::Zeroizing;

use super::*;
use crate::backup::{BackupAsked, BackupAt, backup};
use crate::config::{ArchiveStorage, Encryption, Storage, StorageFlags, Variable};
use crate::fsck::{FsckAsked, Rebuild, Soundness, fsck};
use crate::start_error::StartError;

const KEYRING: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const ANOTHER: &str = "f00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn opened(stores: Result<Stores, StoresError>, what: &str) -> Stores {
    stores.unwrap_or_else(|error| panic!("{what}: {error}"))
}

fn refused(stores: Result<Stores, StoresError>, what: &str) -> StoresError {
    match stores {
        Ok(_) => panic!("{what} is not refused"),
        Err(refused) => refused,
    }
}

/// A node over a database, with a folder for its layers.
async fn node(url: &str, keyring: &str) -> Result<Stores, StoresError> {
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
    assert!(matches!(refused, StoresError::OtherKeyring { .. }), "{refused}");
    assert!(!refused.to_string().contains(ANOTHER), "{refused}");
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
    assert!(matches!(refused, StoresError::OtherKeyring { .. }), "{refused}");
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told_from_other_mistakes() {
    let url = "postgres://longshore@127.0.0.1:1/rows?connect_timeout=1";
    let refused = refused(node(url, KEYRING).await, "no server listens there");
    assert!(matches!(refused, StoresError::Database(_)), "{refused}");
    let told = error_chain(&refused);
    assert!(told.starts_with("cannot use the database: "), "and its cause is told: {told}");
}

/// Writes down that a layer is in the archive storage.
async fn note_archived_layer(storage: &Storage, object: &ObjectKey) {
    let stores = opened(open(storage, Encryption::Longshore).await, "the folder");
    let object = object.clone();
    let note = move |tx: &mut Tx<'_>| -> Result<(), DbError> {
        let now = Timestamp::from_micros(0);
        let account = AccountId::parse("123456789012").unwrap();
        let region = Region::parse("us-east-1").unwrap();
        let registry = tx.open_registry(&RegistryId { account, region }, now)?;
        let (key, wrapped_key) = (EncryptionKey::default(), WrappedKey::from_bytes(&[0; 40]));
        let digest = Digest::sha256(b"layer");
        let new = NewBlob {
            registry,
            encryption_key: key.clone(),
            digest: digest.clone(),
            size_bytes: 5,
            object: object.clone(),
            wrapped_key: wrapped_key.clone(),
        };
        tx.insert_blob(&new, now)?;
        let blob = tx.find_blob(registry, &key, &digest)?.unwrap();
        tx.move_blob(&blob, &object, &wrapped_key, StorageClass::Archive)
    };
    stores.db.write(note).await.unwrap();
}

async fn checked(storage: &Storage) -> Result<bool, StartError> {
    let (digests, repair, rebuild) = (false, false, Rebuild::Nothing);
    let checked = fsck(FsckAsked { storage: storage.clone(), digests, repair, rebuild }).await?;
    Ok(checked == Soundness::Sound)
}

async fn backed_up(storage: &Storage, to: &Path) -> Result<(), StartError> {
    let to = BackupAt::Folder(to.to_owned());
    backup(BackupAsked { storage: storage.clone(), to, keep: None }).await
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the test makes the archive storage by hand")]
async fn a_check_and_a_backup_begin_only_with_the_archive_storage_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let [data, cold, other, backups] =
        ["data", "cold", "other", "backups"].map(|name| folder.path().join(name));
    let without = Storage::folder(&data);
    let with = |place: &Path| {
        let archive = Some(ArchiveStorage::Folder(place.to_owned()));
        Storage { archive, ..without.clone() }
    };
    let object = ObjectKey::from_random([1; 16]);
    note_archived_layer(&without, &object).await;
    let shelf = cold.join("objects").join("01");
    std::fs::create_dir_all(&shelf).unwrap();
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(shelf.join(object.as_str()), b"sealed").unwrap();

    for refused in [checked(&without).await.err(), backed_up(&without, &backups).await.err()] {
        let is_told = matches!(refused, Some(StartError::Stores(StoresError::ArchiveNotNamed)));
        assert!(is_told, "{refused:?}");
    }
    let wrong = with(&other);
    for refused in [checked(&wrong).await.err(), backed_up(&wrong, &backups).await.err()] {
        let is_told = matches!(
            &refused,
            Some(StartError::Stores(StoresError::NoArchivedLayers { place }))
                if place.contains("other")
        );
        assert!(is_told, "{refused:?}");
    }
    assert!(!backups.exists(), "nothing was begun");
    let looked = checked(&with(&cold)).await;
    assert!(looked.is_ok(), "it looks, whatever it finds: {looked:?}");
}
