use keys::Keyring;
use names::error_chain;
use stand_ins::Postgres;
use zeroize::Zeroizing;

use super::*;
use crate::config::{Encryption, Storage, StorageFlags, Variable};

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
