//! Stores in buckets, with a real server behind each.

use std::sync::Arc;
use std::time::Duration;

use blobs::{ObjectStore as _, Reopened, StoreError, conformance};

use crate::bucket_support::{
    MIB, append, assert_reads_back, begin, blobs, commit, key, off, resume_ready, writer_of,
};
use crate::servers::{Nodes as _, Server};
use crate::support::{BOTH, Suite, content};

#[tokio::test(flavor = "multi_thread")]
async fn a_store_in_a_bucket_conforms() {
    for server in Server::each("a_store_in_a_bucket_conforms") {
        let runtime = tokio::runtime::Handle::current();
        off(move || {
            let made = std::cell::Cell::new(0);
            conformance::all(|| {
                let _entered = runtime.enter();
                made.set(made.get() + 1);
                Arc::new(server.node(&format!("check/{}", made.get())))
            });
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_can_be_used_passes_its_check() {
    for server in Server::each("a_store_that_can_be_used_passes_its_check") {
        let node = server.node("");
        off(move || node.check()).await.unwrap();
        assert_eq!(server.kept(), [] as [&str; 0], "and nothing is left of it");
    }
}

/// Each request goes to another node. Chunks leave a tail in the row, in the store, or none.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_on_another_node() {
    for server in Server::each("an_upload_goes_on_on_another_node") {
        for (at, suite) in BOTH.into_iter().enumerate() {
            let number = u8::try_from(at).unwrap();
            let bytes = content(29 * MIB + 12_345);
            let mut upload = begin(&blobs(server.node("p")), number, suite);
            let mut rest = &bytes[..];
            for length in [100, 3 * MIB, 100_000, 13 * MIB, 6 * MIB, 200_000, 4 * MIB] {
                let (chunk, behind) = rest.split_at(length);
                append(&mut upload, chunk).await.unwrap();
                let parked = upload.park().await.unwrap();
                assert!(parked.to_bytes().len() < 400_000, "a row stays small");
                upload = resume_ready(&blobs(server.node("p")), &parked, suite).await;
                rest = behind;
            }
            append(&mut upload, rest).await.unwrap();
            let receipt = commit(upload, &bytes).await;
            assert_eq!(receipt.size_bytes(), bytes.len() as u64);
            assert_reads_back(&blobs(server.node("p")), number, suite, &bytes).await;
        }
        let kept = server.kept();
        assert!(kept.iter().all(|name| !name.contains("uploads")), "{kept:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_upload_is_listed_and_its_parts_are_given_back() {
    let name = "a_forgotten_upload_is_listed_and_its_parts_are_given_back";
    for server in Server::each(name) {
        let node = blobs(server.node("p"));
        let mut upload = begin(&node, 1, Suite::Sealed);
        append(&mut upload, &content(20 * MIB)).await.unwrap();
        drop(upload);
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!server.kept().is_empty());
        assert_eq!(node.list(None, 10).await.unwrap(), [key(1)]);
        for _ in 0..2 {
            node.delete(&key(1)).await.unwrap();
            assert_eq!(node.list(None, 10).await.unwrap(), []);
        }
        assert_eq!(server.kept(), [] as [&str; 0], "nothing is left of it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_that_go_on_with_one_upload_one_may() {
    let name = "of_two_nodes_that_go_on_with_one_upload_one_may";
    for server in Server::each(name) {
        let (one, two) = (server.node(""), server.node(""));
        off(move || {
            let mut writer = one.create(&key(1), blobs::Expected::default()).unwrap();
            writer.append(&content(6 * MIB)).unwrap();
            let state = writer.park().unwrap();
            let mut first = writer_of(one.reopen(&key(1), &state).unwrap());
            let mut second = writer_of(two.reopen(&key(1), &state).unwrap());
            second.append(b"this").unwrap();
            assert!(matches!(first.append(b"that"), Err(StoreError::Busy(_))));
            assert!(matches!(first.append(b"that"), Err(StoreError::Failed)));
            drop(first);
            assert!(matches!(one.reopen(&key(1), &state), Ok(Reopened::Torn)));
            second.commit().unwrap();
            let mut read = [0; 4];
            one.open(&key(1)).unwrap().read_at((6 * MIB) as u64, &mut read).unwrap();
            assert_eq!(&read, b"this");
        })
        .await;
    }
}

/// Each of them holds the same parked state, and gives the object other keys.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_that_commit_one_short_upload_one_may() {
    let name = "of_two_nodes_that_commit_one_short_upload_one_may";
    for server in Server::each(name) {
        for (number, suite) in (1..).zip(BOTH) {
            let (one, two) = (blobs(server.node("")), blobs(server.node("")));
            let bytes = content(100_000);
            let mut upload = begin(&one, number, suite);
            append(&mut upload, &bytes[..70_000]).await.unwrap();
            let parked = upload.park().await.unwrap();
            let mut uploads = Vec::new();
            for node in [&one, &two, &one] {
                let mut upload = resume_ready(node, &parked, suite).await;
                append(&mut upload, &bytes[70_000..]).await.unwrap();
                uploads.push(upload);
            }
            let digest = names::Digest::sha256(&bytes);
            let last = uploads.pop().unwrap();
            let (first, second) = tokio::join!(
                uploads.remove(0).commit(&digest, b"described"),
                uploads.remove(0).commit(&digest, b"described")
            );
            let ended = [first, second, last.commit(&digest, b"described").await];
            let won = ended.iter().filter(|ended| ended.is_ok()).count();
            assert_eq!(won, 1, "{suite:?}: {ended:?}");
            for refused in ended.iter().filter_map(|ended| ended.as_ref().err()) {
                let is_taken = matches!(
                    refused,
                    blobs::CommitError::Store(StoreError::Exists(_) | StoreError::Busy(_))
                );
                assert!(is_taken, "{suite:?}: {refused:?}");
            }
            assert_reads_back(&two, number, suite, &bytes).await;
        }
        let kept = server.kept();
        assert!(kept.iter().all(|name| !name.contains("uploads")), "{kept:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_torn_upload_had_in_parts_can_be_read_and_its_writer_learns_of_it() {
    let name = "what_a_torn_upload_had_in_parts_can_be_read_and_its_writer_learns_of_it";
    for server in Server::each(name) {
        let (one, two) = (server.node(""), server.node(""));
        off(move || {
            let bytes = content(13 * MIB);
            let mut writer = one.create(&key(1), blobs::Expected::default()).unwrap();
            writer.append(&bytes[..12 * MIB]).unwrap();
            let first = writer.park().unwrap();
            let mut writer = writer_of(one.reopen(&key(1), &first).unwrap());
            writer.append(&bytes[12 * MIB..]).unwrap();
            let state = writer.park().unwrap();
            let mut writer = writer_of(one.reopen(&key(1), &state).unwrap());
            writer.append(b"more").unwrap();
            for _ in 0..2 {
                let mut reader = two.salvage(&key(1), &state).unwrap();
                let mut read = vec![0; bytes.len()];
                reader.read_at(0, &mut read).unwrap();
                assert!(read == bytes, "parts and tail");
            }
            assert!(writer.commit().is_err(), "the upload was taken from it");
        })
        .await;
    }
}
