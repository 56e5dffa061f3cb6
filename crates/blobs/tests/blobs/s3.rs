//! The S3 store with a real server behind it.

use std::sync::Arc;
use std::time::Duration;

use blobs::{ObjectStore as _, Reopened, Resumed, StoreError, conformance};

use crate::proxy::fetch;
use crate::s3_server::S3Server;
use crate::s3_support::{
    MIB, append, assert_reads_back, begin, blobs, commit, key, new, now, off, resume, resume_ready,
    writer_of,
};
use crate::support::{BOTH, Suite, content, protection};

#[tokio::test(flavor = "multi_thread")]
async fn the_s3_store_conforms() {
    let Some(server) = S3Server::start("the_s3_store_conforms") else { return };
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

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_can_be_used_passes_its_check() {
    let Some(server) = S3Server::start("a_store_that_can_be_used_passes_its_check") else { return };
    let node = server.node("");
    off(move || node.check()).await.unwrap();
    assert_eq!(server.files(), [] as [std::path::PathBuf; 0], "and nothing is left of it");
}

/// Each request on another node, with chunks that leave a tail, in the row, in the store, or none.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_on_another_node() {
    let Some(server) = S3Server::start("an_upload_goes_on_on_another_node") else { return };
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
    let files = server.files();
    assert!(files.iter().all(|file| !file.to_string_lossy().contains("uploads")), "{files:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_in_the_middle_loses_nothing_that_was_parked() {
    let name = "a_server_that_dies_in_the_middle_loses_nothing_that_was_parked";
    let Some(mut server) = S3Server::start(name) else { return };
    let bytes = content(24 * MIB);
    let mut upload = begin(&blobs(server.node("")), 1, Suite::Sealed);
    append(&mut upload, &bytes[..12 * MIB]).await.unwrap();
    let parked = upload.park().await.unwrap();

    let mut upload = resume_ready(&blobs(server.node("")), &parked, Suite::Sealed).await;
    server.kill();
    assert!(append(&mut upload, &bytes[12 * MIB..]).await.is_err(), "nobody is there");
    assert!(upload.park().await.is_err(), "and so nothing more is promised");
    server.start_again();
    // Nothing had left the node, so it goes on as it was.
    let mut upload = resume_ready(&blobs(server.node("")), &parked, Suite::Sealed).await;
    append(&mut upload, &bytes[12 * MIB..13 * MIB]).await.unwrap();
    // What comes next waits for what came before, so that has left the node.
    append(&mut upload, &bytes[13 * MIB..14 * MIB]).await.unwrap();
    server.kill();
    assert!(append(&mut upload, &bytes[14 * MIB..]).await.is_err() || upload.park().await.is_err());
    server.start_again();

    let node = blobs(server.node(""));
    let Resumed::Torn(parked) = resume(&node, &parked, Suite::Sealed).await else {
        panic!("somebody went on with it")
    };
    let protection = protection(Suite::Sealed, 7);
    let mut upload = node.reseal(parked, &protection, new(2, Suite::Sealed)).await.unwrap();
    append(&mut upload, &bytes[12 * MIB..]).await.unwrap();
    commit(upload, &bytes).await;
    node.delete(&key(1)).await.unwrap();
    assert_reads_back(&node, 2, Suite::Sealed, &bytes).await;
    assert_eq!(node.list(None, 10).await.unwrap(), [key(2)]);
    assert_eq!(server.files().len(), 1, "{:?}", server.files());
}

/// Docker's way with content that others can have by its address: it must be in one place to its last byte.
#[tokio::test(flavor = "multi_thread")]
async fn content_that_was_parked_whole_can_be_had_by_address() {
    let name = "content_that_was_parked_whole_can_be_had_by_address";
    let Some(server) = S3Server::start(name) else { return };
    let node = blobs(server.node("p"));
    let (of_a_row, of_a_piece, of_parts) = (200_001, 3 * MIB + 7, 11 * MIB + 7);
    for (number, length) in [(1, of_a_row), (2, of_a_piece), (3, of_parts)] {
        for (number, chunk) in [(number, length), (number + 10, length / 2)] {
            let bytes = content(length);
            let mut upload = begin(&node, number, Suite::Storage);
            for chunk in bytes.chunks(chunk) {
                append(&mut upload, chunk).await.unwrap();
                let parked = upload.park().await.unwrap();
                upload = resume_ready(&node, &parked, Suite::Storage).await;
            }
            commit(upload, &bytes).await;
            let address =
                node.presigned(&key(number), now(), Duration::from_mins(1)).await.unwrap();
            let (status, body) = fetch(&address.unwrap());
            assert_eq!(status, "HTTP/1.1 200 OK");
            assert!(body == bytes, "{length} bytes in chunks of {chunk}, and nothing else");
            assert_reads_back(&node, number, Suite::Storage, &bytes).await;
        }
    }
    let listed = node.list(None, 10).await.unwrap();
    assert_eq!(listed, [1, 2, 3, 11, 12, 13].map(key), "each once");
    for key in listed {
        node.delete(&key).await.unwrap();
    }
    assert_eq!(server.files(), [] as [std::path::PathBuf; 0], "pieces and ends go with the object");
}

#[tokio::test(flavor = "multi_thread")]
async fn content_left_to_the_stores_protection_can_be_had_by_address() {
    let name = "content_left_to_the_stores_protection_can_be_had_by_address";
    let Some(server) = S3Server::start(name) else { return };
    let node = blobs(server.node("p"));
    for (number, length) in [(1, 6), (2, 100_000), (3, 12 * MIB)] {
        let bytes = content(length);
        let mut upload = begin(&node, number, Suite::Storage);
        append(&mut upload, &bytes).await.unwrap();
        commit(upload, &bytes).await;
        let address =
            node.presigned(&key(number), now(), Duration::from_mins(1)).await.unwrap().unwrap();
        let (status, body) = fetch(&address);
        assert_eq!(status, "HTTP/1.1 200 OK");
        assert!(body == bytes, "the content and nothing else");
        let (status, _) = fetch(&address.replacen("X-Amz-Expires=60", "X-Amz-Expires=61", 1));
        assert_eq!(status, "HTTP/1.1 403 Forbidden", "an address cannot be made longer");
        assert_reads_back(&node, number, Suite::Storage, &bytes).await;
    }
    let mut upload = begin(&node, 9, Suite::Sealed);
    append(&mut upload, &content(100_000)).await.unwrap();
    commit(upload, &content(100_000)).await;
    let unnamed = node.presigned(&key(9), now(), Duration::from_mins(1)).await.unwrap();
    assert_eq!(unnamed, None, "what is sealed is of no use to others");
    let missing = node.presigned(&key(8), now(), Duration::from_mins(1)).await;
    assert!(matches!(missing, Err(StoreError::NotFound(_))));
    node.delete(&key(3)).await.unwrap();
    let left = server.files();
    assert!(left.iter().all(|file| !file.to_string_lossy().contains(key(3).as_str())), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_upload_is_listed_and_its_parts_are_given_back() {
    let name = "a_forgotten_upload_is_listed_and_its_parts_are_given_back";
    let Some(server) = S3Server::start(name) else { return };
    let node = blobs(server.node("p"));
    let mut upload = begin(&node, 1, Suite::Sealed);
    append(&mut upload, &content(20 * MIB)).await.unwrap();
    drop(upload);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!server.files().is_empty());
    assert_eq!(node.list(None, 10).await.unwrap(), [key(1)]);
    for _ in 0..2 {
        node.delete(&key(1)).await.unwrap();
        assert_eq!(node.list(None, 10).await.unwrap(), []);
    }
    assert_eq!(server.files(), [] as [std::path::PathBuf; 0], "nothing is left of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_that_go_on_with_one_upload_one_may() {
    let name = "of_two_nodes_that_go_on_with_one_upload_one_may";
    let Some(server) = S3Server::start(name) else { return };
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

#[tokio::test(flavor = "multi_thread")]
async fn what_a_torn_upload_had_in_parts_can_be_read_and_its_writer_learns_of_it() {
    let name = "what_a_torn_upload_had_in_parts_can_be_read_and_its_writer_learns_of_it";
    let Some(server) = S3Server::start(name) else { return };
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
