//! Files are copied unchanged from one store into another; documents exist whole or not at all;
//! readers can share a folder.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use blobs::{
    Blobs, BucketDocuments, DocumentKind, DocumentStore, Documents, FolderLock, LocalDocuments,
    LocalStore, StoreError,
};
use names::{ObjectKey, Timestamp};
use stand_ins::{S3Server, or_skipped};
use tokio::runtime::Handle;

use crate::servers::{Nodes as _, Server};
use crate::support::{BOTH, Fixture, Suite, content, protection};

/// Stores to copy to, with what keeps them.
fn targets(test: &str) -> Vec<(Blobs, Box<dyn std::any::Any>)> {
    let folder = tempfile::tempdir().unwrap();
    let local = Blobs::new(Arc::new(LocalStore::open(folder.path()).unwrap()));
    let mut found: Vec<(Blobs, Box<dyn std::any::Any>)> = vec![(local, Box::new(folder))];
    for server in Server::each(test) {
        let bucket = Blobs::new(Arc::new(server.node("copies")));
        found.push((bucket, Box::new(server)));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_the_file_that_it_was() {
    for (target, keeps) in targets("copies of objects") {
        for suite in BOTH {
            let fixture = Fixture::new();
            for length in [0, 1, 70_000, 12 << 20] {
                let receipt = fixture.store(suite, &content(length)).await;
                let (object, told) = (receipt.object(), Arc::new(AtomicU64::new(0)));
                let count = Arc::clone(&told);
                let progress = move |bytes| {
                    count.fetch_add(bytes, Ordering::Relaxed);
                };
                fixture.blobs.copy_to(object, &target, progress).await.unwrap();
                assert_eq!(told.load(Ordering::Relaxed), fixture.file(object).len() as u64);
                let footer = target.verify(object, &protection(suite, 7)).await.unwrap();
                assert_eq!(footer.digest, *receipt.digest());
                let again = fixture.blobs.copy_to(object, &target, |_| {}).await;
                assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
                // And back, byte for byte.
                let back = Fixture::new();
                target.copy_to(object, &back.blobs, |_| {}).await.unwrap();
                assert_eq!(back.file(object), fixture.file(object), "{suite:?} {length}");
                let is_same = |other| fixture.blobs.has_same_file(object, other);
                assert!(is_same(&target).await.unwrap() && is_same(&back.blobs).await.unwrap());
                let middle = back.file(object).len() / 2;
                back.edit(object, |bytes| bytes[middle] ^= 1);
                assert!(!is_same(&back.blobs).await.unwrap(), "{suite:?} {length}");
                back.edit(object, |bytes| {
                    bytes[middle] ^= 1;
                    bytes.push(0);
                });
                assert!(!is_same(&back.blobs).await.unwrap(), "{suite:?} {length}");
                target.delete(object).await.unwrap();
            }
        }
        drop(keeps);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn content_that_is_not_sealed_can_be_had_alone_where_it_was_copied_to() {
    let Some(server) = or_skipped("copies that others read", S3Server::start()) else { return };
    let (fixture, bucket) = (Fixture::new(), Blobs::new(Arc::new(server.node("copies"))));
    let now = Timestamp::from_seconds(1_700_000_000);
    for (suite, has_address) in [(Suite::Storage, true), (Suite::Sealed, false)] {
        let object = fixture.store(suite, &content(50_000)).await.object().clone();
        fixture.blobs.copy_to(&object, &bucket, |_| {}).await.unwrap();
        let address = bucket.presigned(&object, now, Duration::from_mins(1)).await.unwrap();
        assert_eq!(address.is_some(), has_address);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_not_an_object_is_not_copied() {
    let (fixture, target) = (Fixture::new(), Fixture::new());
    let missing = ObjectKey::from_random([9; 16]);
    let refused = fixture.blobs.copy_to(&missing, &target.blobs, |_| {}).await;
    assert!(matches!(refused, Err(StoreError::NotFound(_))), "{refused:?}");
    let object = fixture.store(Suite::Sealed, b"x").await.object().clone();
    fixture.edit(&object, |bytes| bytes[0] ^= 1);
    let refused = fixture.blobs.copy_to(&object, &target.blobs, |_| {}).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert!(!target.blobs.is_used(&object).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_put_read_listed_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let mut stores: Vec<Arc<dyn DocumentStore>> =
        vec![Arc::new(LocalDocuments::new(folder.path()))];
    let servers: Vec<Server> = Server::each("documents in a bucket").collect();
    for server in &servers {
        let config = server.config_at(server.port(), "documents");
        let bucket = BucketDocuments::new(&config, Handle::current());
        stores.push(Arc::new(bucket.unwrap()));
    }
    for store in stores {
        let documents = Documents::new(store);
        let kind = DocumentKind::Rows;
        assert_eq!(documents.list(kind).await.unwrap(), Vec::<String>::new());
        assert_eq!(documents.read(kind, "a").await.unwrap(), None);
        documents.delete(kind, "a").await.unwrap();
        for (name, bytes) in [("b", content(100_000)), ("a", content(1)), ("b", content(5))] {
            documents.put(kind, name, bytes.clone()).await.unwrap();
            assert_eq!(documents.read(kind, name).await.unwrap(), Some(bytes));
        }
        documents.put(DocumentKind::Manifest, "c", b"other".to_vec()).await.unwrap();
        assert_eq!(documents.list(kind).await.unwrap(), ["a", "b"]);
        documents.delete(kind, "a").await.unwrap();
        assert_eq!(documents.list(kind).await.unwrap(), ["b"]);
        for name in ["", "../c", ".a", "a/b", &"x".repeat(129)] {
            assert!(documents.put(kind, name, content(1)).await.is_err(), "{name}");
        }
        assert!(documents.put(kind, "empty", Vec::new()).await.is_err());
    }
}

#[test]
fn a_folder_has_one_writer_or_readers() {
    let folder = tempfile::tempdir().unwrap();
    let in_use =
        |opened: Result<LocalStore, StoreError>| matches!(opened, Err(StoreError::InUse { .. }));
    assert!(LocalStore::open_shared(folder.path()).is_err(), "there is no folder of ours");
    assert!(LocalStore::open_beside(folder.path()).is_err(), "there is no folder of ours");
    let writer = LocalStore::open(folder.path()).unwrap();
    assert!(in_use(LocalStore::open_shared(folder.path())));
    drop(LocalStore::open_beside(folder.path()).unwrap());
    drop(writer);
    let readers = [(); 2].map(|()| LocalStore::open_shared(folder.path()).unwrap());
    assert!(in_use(LocalStore::open(folder.path())));
    drop(FolderLock::share(folder.path()).unwrap());
    let [reader, _] = &readers;
    let object = ObjectKey::from_random([1; 16]);
    let store: &dyn blobs::ObjectStore = reader;
    let refused = store.create(&object, blobs::Expected::default()).map(drop);
    assert!(matches!(refused, Err(StoreError::WritesRefused)), "{refused:?}");
    assert!(matches!(store.delete(&object), Err(StoreError::WritesRefused)));
    drop(readers);
    LocalStore::open(folder.path()).unwrap();
}
