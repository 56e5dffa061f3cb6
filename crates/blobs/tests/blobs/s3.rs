//! Features of S3 only, or failures that only an S3 server can be made to produce, with a real
//! server.

use std::time::Duration;

use blobs::{BucketConfig, BucketStore, Resumed, StoreError};
use stand_ins::{Proxy, S3Server, fetch, or_skipped};

use crate::bucket_support::{
    MIB, append, assert_reads_back, begin, blobs, commit, key, new, now, resume, resume_ready,
};
use crate::servers::Nodes as _;
use crate::support::{Suite, content, protection};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_in_the_middle_loses_nothing_that_was_parked() {
    let name = "a_server_that_dies_in_the_middle_loses_nothing_that_was_parked";
    let Some(mut server) = or_skipped(name, S3Server::start()) else { return };
    let bytes = content(24 * MIB);
    let mut upload = begin(&blobs(server.node("")), 1, Suite::Sealed);
    append(&mut upload, &bytes[..12 * MIB]).await.unwrap();
    let parked = upload.park().await.unwrap();

    let mut upload = resume_ready(&blobs(server.node("")), &parked, Suite::Sealed).await;
    server.kill();
    assert!(append(&mut upload, &bytes[12 * MIB..]).await.is_err(), "the server is gone");
    assert!(upload.park().await.is_err(), "and so nothing more is promised");
    server.start_again();
    // Nothing had left the node, so the upload continues from the same state.
    let mut upload = resume_ready(&blobs(server.node("")), &parked, Suite::Sealed).await;
    append(&mut upload, &bytes[12 * MIB..13 * MIB]).await.unwrap();
    // The next part waits for the previous one, which therefore has left the node.
    append(&mut upload, &bytes[13 * MIB..14 * MIB]).await.unwrap();
    server.kill();
    assert!(append(&mut upload, &bytes[14 * MIB..]).await.is_err() || upload.park().await.is_err());
    server.start_again();

    let node = blobs(server.node(""));
    let Resumed::Torn(parked) = resume(&node, &parked, Suite::Sealed).await else {
        panic!("a request continued it")
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

/// A push as Docker does it, of content that clients may read by its URL: one piece must hold all
/// of it.
#[tokio::test(flavor = "multi_thread")]
async fn content_that_was_parked_whole_can_be_had_by_address() {
    let name = "content_that_was_parked_whole_can_be_had_by_address";
    let Some(server) = or_skipped(name, S3Server::start()) else { return };
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
    let Some(server) = or_skipped(name, S3Server::start()) else { return };
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

/// In one request, and in parts.
#[tokio::test(flavor = "multi_thread")]
async fn objects_have_the_storage_class_of_their_bucket() {
    let name = "objects_have_the_storage_class_of_their_bucket";
    let Some(server) = or_skipped(name, S3Server::start()) else { return };
    let proxy = Proxy::before(server.port);
    let config = server.config_at(proxy.port, "cold");
    let config = BucketConfig { storage_class: Some("STANDARD_IA"), ..config };
    let store = BucketStore::new(&config, tokio::runtime::Handle::current()).unwrap();
    let node = blobs(store);
    for (number, length) in [(1, 1_000), (2, 11 * MIB)] {
        let bytes = content(length);
        let mut upload = begin(&node, number, Suite::Sealed);
        append(&mut upload, &bytes).await.unwrap();
        commit(upload, &bytes).await;
        assert_reads_back(&node, number, Suite::Sealed, &bytes).await;
    }
    let classes = proxy.take_classes();
    let [one, two] = &classes[..] else { panic!("one for each object: {classes:?}") };
    assert!(one.starts_with("STANDARD_IA PUT ") && one.contains("/cold/objects/"), "{one}");
    assert!(two.starts_with("STANDARD_IA POST ") && two.contains("?uploads"), "{two}");
}
