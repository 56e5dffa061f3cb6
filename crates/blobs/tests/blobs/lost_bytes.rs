//! Parts and pieces that disappear or change behind the store's back.

use blobs::{ObjectStore as _, StoreError};
use names::{ByteRange, Digest, ObjectKey};
use stand_ins::{S3Server, or_skipped};

use crate::bucket_support::{MIB, append, begin, blobs, commit, key, off, resume_ready, writer_of};
use crate::servers::Nodes as _;
use crate::support::{BOTH, content, protection};

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_notices_a_forged_tag_and_a_lost_part() {
    let name = "a_commit_notices_a_forged_tag_and_a_lost_part";
    let Some(server) = or_skipped(name, S3Server::start()) else { return };
    let park = |object: ObjectKey| {
        let node = server.node("");
        off(move || {
            let mut writer = node.create(&object, blobs::Expected::default()).unwrap();
            writer.append(&content(12 * MIB)).unwrap();
            writer.park().unwrap()
        })
    };
    let commit = |object: ObjectKey, state: Vec<u8>| {
        let node = server.node("");
        off(move || {
            let mut writer = writer_of(node.reopen(&object, &state).unwrap());
            writer.append(b"the end").unwrap();
            let error = writer.commit().unwrap_err();
            assert!(matches!(error, StoreError::Remote { .. }), "{error}");
            assert!(matches!(node.open(&object), Err(StoreError::NotFound(_))));
        })
    };
    let mut state = park(key(1)).await;
    let is_tag = |pair: &[u8]| pair[0] == b'"' && pair[1].is_ascii_hexdigit();
    let tag = state.windows(2).position(is_tag).unwrap() + 1;
    state[tag] = if state[tag] == b'0' { b'1' } else { b'0' };
    commit(key(1), state).await;

    let state = park(key(2)).await;
    let parts = server.files().into_iter().filter(|file| file.ends_with("1"));
    let parts: Vec<_> = parts.collect();
    assert_eq!(parts.len(), 2, "the first part of either upload: {parts:?}");
    for part in parts {
        lose(&part);
    }
    commit(key(2), state).await;
}

/// A piece that is gone or changed is noticed before a client is told that the layer is here, and
/// by every reader.
#[tokio::test(flavor = "multi_thread")]
async fn a_piece_that_is_lost_or_cut_is_noticed() {
    let Some(server) = or_skipped("a_piece_that_is_lost_or_cut_is_noticed", S3Server::start())
    else {
        return;
    };
    let node = blobs(server.node(""));
    let bytes = content(2 * MIB);
    let piece_of = |number: u8| {
        let files = server.files().into_iter();
        let is_piece = |file: &std::path::PathBuf| {
            let path = file.to_string_lossy();
            path.contains("/pieces/") && path.contains(key(number).as_str())
        };
        files.filter(is_piece).collect::<Vec<_>>().pop().unwrap()
    };
    for (number, suite) in (1..).zip(BOTH) {
        let mut upload = begin(&node, number, suite);
        append(&mut upload, &bytes).await.unwrap();
        let parked = upload.park().await.unwrap();
        let piece = piece_of(number);
        cut(&piece);
        let upload = resume_ready(&node, &parked, suite).await;
        let cut = upload.commit(&Digest::sha256(&bytes), b"described").await.unwrap_err();
        assert!(cut.to_string().contains("not what was parked"), "{cut}");
        let missing =
            node.open(&key(number), &protection(suite, 7), ByteRange::whole(2 << 20)).await;
        assert!(matches!(missing, Err(StoreError::NotFound(_))), "no client was told of it");
    }
    for (number, suite) in (3..).zip(BOTH) {
        let mut upload = begin(&node, number, suite);
        append(&mut upload, &bytes).await.unwrap();
        let parked = upload.park().await.unwrap();
        commit(resume_ready(&node, &parked, suite).await, &bytes).await;
        lose(&piece_of(number));
        assert!(node.verify(&key(number), &protection(suite, 7)).await.is_err());
    }
}

#[expect(clippy::disallowed_methods, reason = "a test damages behind the store's back")]
fn lose(file: &std::path::Path) {
    std::fs::remove_file(file).unwrap();
}

/// Takes the first byte.
#[expect(clippy::disallowed_methods, reason = "a test damages behind the store's back")]
fn cut(file: &std::path::Path) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[1..]).unwrap();
}
