//! Torn uploads, failing disks, full disks, and two writers of one object.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use crate::support::{BOTH, Fixture, Suite, content, protection};
use blobs::testing::{Call, Fault};
use blobs::{
    Blobs, CommitError, LocalStore, NewObject, ObjectStore, ParkedUpload, Resumed, StoreError,
};
use bytes::Bytes;
use names::{Algorithm, Digest, ObjectKey, WrappedKey};

const MEGABYTE: usize = 1 << 20;

fn is_broken(result: &Result<impl Sized, StoreError>) -> bool {
    matches!(result, Err(StoreError::Io { .. }))
}

#[tokio::test]
async fn a_torn_upload_goes_on_in_a_new_object() {
    for suite in BOTH {
        // Where the upload was parked, and how much was written behind that before the process
        // died.
        for (parked_at, lost) in
            [(1000, MEGABYTE), (65_536, MEGABYTE), (MEGABYTE, 300_000), (MEGABYTE + 777, MEGABYTE)]
        {
            let (fixture, bytes) = (Fixture::new(), content(2 * MEGABYTE));
            let mut upload = fixture.begin(suite);
            upload.append(Bytes::copy_from_slice(&bytes[..parked_at])).await.unwrap();
            let parked = upload.park().await.unwrap();
            let mut upload = fixture.resume_ready(suite, &parked).await;
            upload.append(Bytes::from(vec![0xee; lost])).await.unwrap();
            // Its last parking is never recorded.
            drop(upload.park().await.unwrap());

            let Resumed::Torn(parked) = fixture.resume(suite, &parked).await else {
                panic!("{suite:?} {parked_at}: bytes were written after it was parked");
            };
            let before = fixture.file(parked.object());
            let new = fixture.new_object(suite, 9);
            let object = new.object.clone();
            let old = protection(suite, 7);
            let mut upload = fixture.blobs.reseal(parked.clone(), &old, new).await.unwrap();
            assert_eq!(upload.offset(), parked_at as u64);
            upload.append(Bytes::copy_from_slice(&bytes[parked_at..])).await.unwrap();
            let receipt = upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
            assert_eq!(receipt.object(), &object);
            let after = fixture.file(parked.object());
            assert!(before == after, "a torn object is left as it is");
            fixture.blobs.delete(parked.object()).await.unwrap();
            let verified = fixture.blobs.verify(&object, &protection(suite, 9)).await.unwrap();
            assert_eq!(verified.digest, Digest::sha256(&bytes));
        }
    }
}

#[tokio::test]
async fn a_stale_upload_never_touches_what_was_committed() {
    for first_part in [1000, MEGABYTE] {
        let (fixture, bytes) = (Fixture::new(), content(2 * MEGABYTE));
        let mut upload = fixture.begin(Suite::Sealed);
        upload.append(Bytes::copy_from_slice(&bytes[..first_part])).await.unwrap();
        let stale = upload.park().await.unwrap();
        let mut upload = fixture.resume_ready(Suite::Sealed, &stale).await;
        upload.append(Bytes::copy_from_slice(&bytes[first_part..])).await.unwrap();
        let receipt = upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();

        assert!(matches!(fixture.resume(Suite::Sealed, &stale).await, Resumed::Torn(_)));
        let new = fixture.new_object(Suite::Sealed, 9);
        let old = protection(Suite::Sealed, 7);
        let resealed = fixture.blobs.reseal(stale, &old, new).await.unwrap();
        resealed.discard().await.unwrap();
        let got = fixture.read_whole(receipt.object(), Suite::Sealed, bytes.len()).await.unwrap();
        assert!(got == bytes);
    }
}

#[tokio::test]
async fn of_two_who_resume_one_upload_only_one_can_write() {
    let fixture = Fixture::new();
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(content(MEGABYTE))).await.unwrap();
    let parked = upload.park().await.unwrap();
    let first = fixture.resume_ready(Suite::Sealed, &parked).await;
    let second = fixture.blobs.resume(parked.clone(), &protection(Suite::Sealed, 7)).await;
    assert!(matches!(second, Err(StoreError::Busy(_))));
    drop(first);
    drop(fixture.resume_ready(Suite::Sealed, &parked).await);
}

#[tokio::test]
async fn two_who_began_small_cannot_both_make_the_file() {
    let fixture = Fixture::new();
    let bytes = content(1000);
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(bytes.clone())).await.unwrap();
    let parked = upload.park().await.unwrap();
    let first = fixture.resume_ready(Suite::Sealed, &parked).await;
    let second = fixture.resume_ready(Suite::Sealed, &parked).await;
    let receipt = first.commit(&Digest::sha256(&bytes), b"").await.unwrap();
    let refused = second.commit(&Digest::sha256(&bytes), b"").await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Exists(_)))));
    assert!(fixture.read_whole(receipt.object(), Suite::Sealed, 1000).await.unwrap() == bytes);
}

#[tokio::test]
async fn a_nonce_never_seals_two_contents_though_small_uploads_start_again() {
    let fixture = Fixture::new();
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(content(1000))).await.unwrap();
    let parked = upload.park().await.unwrap();
    let mut salts = Vec::new();
    for filling in [1, 2] {
        let mut upload = fixture.resume_ready(Suite::Sealed, &parked).await;
        upload.append(Bytes::from(vec![filling; MEGABYTE])).await.unwrap();
        let object = upload.park().await.unwrap().object().clone();
        salts.push(fixture.file(&object)[24..56].to_vec());
        fixture.blobs.delete(&object).await.unwrap();
    }
    assert_ne!(salts[0], salts[1], "the same first segment, but other keys");
}

#[tokio::test]
async fn after_a_failed_write_an_upload_refuses_everything() {
    for (fault, full) in [(Fault::Full, true), (Fault::Broken, false), (Fault::AnswerLost, false)] {
        let fixture = Fixture::new();
        let mut upload = fixture.begin(Suite::Sealed);
        upload.append(Bytes::from(content(MEGABYTE))).await.unwrap();
        let parked = upload.park().await.unwrap();
        let mut upload = fixture.resume_ready(Suite::Sealed, &parked).await;
        fixture.faults.arm(Call::Write, 1, fault);
        let appended = upload.append(Bytes::from(content(2 * MEGABYTE))).await;
        match appended {
            Err(StoreError::Full) => assert!(full),
            Err(StoreError::Io { .. }) => assert!(!full),
            other => panic!("{fault:?}: {other:?}"),
        }
        let again = upload.append(Bytes::from_static(b"more")).await;
        assert!(matches!(again, Err(StoreError::Failed)));
        assert!(matches!(upload.park().await, Err(StoreError::Failed)));
        // Half of a batch is in the file, which the parked state does not explain.
        assert!(matches!(fixture.resume(Suite::Sealed, &parked).await, Resumed::Torn(_)));
    }
}

#[tokio::test]
async fn a_failed_sync_fails_the_commit_and_makes_no_receipt() {
    for fault in [Fault::Broken, Fault::Full, Fault::AnswerLost] {
        let (fixture, bytes) = (Fixture::new(), content(MEGABYTE));
        let mut upload = fixture.begin(Suite::Sealed);
        upload.append(Bytes::from(bytes.clone())).await.unwrap();
        let parked = upload.park().await.unwrap();
        let upload = fixture.resume_ready(Suite::Sealed, &parked).await;
        fixture.faults.arm(Call::Commit, 1, fault);
        let committed = upload.commit(&Digest::sha256(&bytes), b"").await;
        assert!(matches!(committed, Err(CommitError::Store(_))), "{fault:?}");
        assert!(matches!(fixture.resume(Suite::Sealed, &parked).await, Resumed::Torn(_)));
        assert_eq!(fixture.faults.pending(), 0);
    }
}

#[tokio::test]
async fn a_failed_parking_leaves_the_parked_state_before_it() {
    let (fixture, bytes) = (Fixture::new(), content(MEGABYTE));
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(bytes.clone())).await.unwrap();
    let parked = upload.park().await.unwrap();
    let upload = fixture.resume_ready(Suite::Sealed, &parked).await;
    fixture.faults.arm(Call::Park, 1, Fault::Broken);
    assert!(is_broken(&upload.park().await));
    let upload = fixture.resume_ready(Suite::Sealed, &parked).await;
    upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
}

#[tokio::test]
async fn every_other_failing_call_is_told() {
    let (fixture, bytes) = (Fixture::new(), content(MEGABYTE));
    let receipt = fixture.store(Suite::Sealed, &bytes).await;
    let object = receipt.object();
    for (call, nth) in [(Call::Open, 1), (Call::Read, 1), (Call::Read, 2), (Call::Read, 4)] {
        fixture.faults.arm(call, nth, Fault::Broken);
        let got = fixture.read_whole(object, Suite::Sealed, MEGABYTE).await;
        assert!(is_broken(&got), "{call:?} {nth}");
        assert_eq!(fixture.faults.pending(), 0);
    }
    fixture.faults.arm(Call::Delete, 1, Fault::Broken);
    assert!(is_broken(&fixture.blobs.delete(object).await));
    fixture.faults.arm(Call::List, 1, Fault::Broken);
    assert!(is_broken(&fixture.blobs.list(None, 1).await));
    fixture.faults.arm(Call::Create, 1, Fault::Full);
    let committed = fixture.begin(Suite::Sealed).commit(&Digest::sha256(b""), b"").await;
    assert!(matches!(committed, Err(CommitError::Store(StoreError::Full))));
    assert!(fixture.read_whole(object, Suite::Sealed, MEGABYTE).await.unwrap() == bytes);
}

#[tokio::test]
async fn a_parked_upload_that_lost_bytes_is_corrupt() {
    let fixture = Fixture::new();
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(content(MEGABYTE))).await.unwrap();
    let parked = upload.park().await.unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(fixture.path(parked.object())).unwrap();
    file.set_len(file.metadata().unwrap().len() - 1).unwrap();
    drop(file);
    let resumed = fixture.blobs.resume(parked.clone(), &protection(Suite::Sealed, 7)).await;
    assert!(matches!(resumed, Err(StoreError::Corrupt { .. })));
    let (old, new) = (protection(Suite::Sealed, 7), fixture.new_object(Suite::Sealed, 9));
    let resealed = fixture.blobs.reseal(parked, &old, new).await;
    assert!(matches!(resealed, Err(StoreError::Corrupt { .. })));
}

#[tokio::test]
async fn a_damaged_prefix_is_not_copied() {
    for suite in BOTH {
        let fixture = Fixture::new();
        let mut upload = fixture.begin(suite);
        upload.append(Bytes::from(content(MEGABYTE))).await.unwrap();
        let parked = upload.park().await.unwrap();
        let file = std::fs::OpenOptions::new().write(true).open(fixture.path(parked.object()));
        std::os::unix::fs::FileExt::write_all_at(&file.unwrap(), b"damage", 500_000).unwrap();
        let (old, new) = (protection(suite, 7), fixture.new_object(suite, 9));
        let resealed = fixture.blobs.reseal(parked, &old, new).await;
        assert!(matches!(resealed, Err(StoreError::Corrupt { .. })), "{suite:?}");
    }
}

#[tokio::test]
async fn an_object_deleted_while_it_is_written_makes_no_receipt() {
    let (fixture, bytes) = (Fixture::new(), content(MEGABYTE));
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(bytes.clone())).await.unwrap();
    let parked = upload.park().await.unwrap();
    let upload = fixture.resume_ready(Suite::Sealed, &parked).await;
    fixture.blobs.delete(parked.object()).await.unwrap();
    let committed = upload.commit(&Digest::sha256(&bytes), b"").await;
    assert!(matches!(committed, Err(CommitError::Store(StoreError::NotFound(_)))));
}

#[test]
fn a_data_folder_has_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let first = LocalStore::open(folder.path()).unwrap();
    let refused = LocalStore::open(folder.path()).unwrap_err();
    assert!(matches!(&refused, StoreError::InUse { folder: named } if named == folder.path()));
    assert!(refused.to_string().contains("in use"), "{refused}");
    drop(first);
    LocalStore::open(folder.path()).unwrap();
}

#[tokio::test]
async fn uploads_and_objects_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = content(MEGABYTE);
    let open = || {
        let store: Arc<dyn ObjectStore> = Arc::new(LocalStore::open(folder.path()).unwrap());
        Blobs::new(store)
    };
    let object = ObjectKey::from_random([1; 16]);
    let protection = protection(Suite::Sealed, 7);
    let new = NewObject {
        object: object.clone(),
        protection: protection.clone(),
        wrapped: WrappedKey::from_bytes(&[1; 81]),
    };
    let row = {
        let mut upload = open().begin(new, Algorithm::Sha256).unwrap();
        upload.append(Bytes::copy_from_slice(&bytes[..600_000])).await.unwrap();
        upload.park().await.unwrap().to_bytes()
    };
    {
        let parked = ParkedUpload::from_bytes(&row).unwrap();
        assert!(parked.is_sealed());
        assert_eq!(parked.wrapped().as_bytes(), [1; 81]);
        let Resumed::Ready(mut upload) = open().resume(parked, &protection).await.unwrap() else {
            panic!("an upload that was left alone is not torn");
        };
        upload.append(Bytes::copy_from_slice(&bytes[600_000..])).await.unwrap();
        upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
    }
    let footer = open().verify(&object, &protection).await.unwrap();
    assert_eq!(footer.digest, Digest::sha256(&bytes));
}

#[tokio::test]
async fn files_and_folders_are_the_owners_alone() {
    let fixture = Fixture::new();
    let receipt = fixture.store(Suite::Storage, b"some").await;
    let path = fixture.path(receipt.object());
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&fixture.folder.path().join("lock")), 0o600);
}
