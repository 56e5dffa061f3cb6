//! The S3 store with a real server behind it, and with trouble in between.

use std::sync::Arc;
use std::time::{Duration, Instant};

use blobs::{
    Blobs, NewObject, ObjectStore, ParkedUpload, Receipt, Reopened, Resumed, S3Store, StoreError,
    Upload, conformance,
};
use bytes::Bytes;
use names::{Algorithm, ByteRange, Digest, ObjectKey, WrappedKey};

use crate::proxy::{Proxy, Trouble, fetch};
use crate::s3_server::S3Server;
use crate::support::{BOTH, Suite, content, drain, protection, range};

const MIB: usize = 1 << 20;

fn key(number: u8) -> ObjectKey {
    ObjectKey::from_random([number; 16])
}

fn new(number: u8, suite: Suite) -> NewObject {
    let wrapped = WrappedKey::from_bytes(if suite == Suite::Sealed { &[7; 81] } else { &[] });
    NewObject { object: key(number), protection: protection(suite, 7), wrapped }
}

fn blobs(store: S3Store) -> Blobs {
    Blobs::new(Arc::new(store))
}

fn begin(blobs: &Blobs, number: u8, suite: Suite) -> Upload {
    blobs.begin(new(number, suite), Algorithm::Sha256).unwrap()
}

async fn append(upload: &mut Upload, bytes: &[u8]) -> Result<(), StoreError> {
    for chunk in bytes.chunks(100_000) {
        upload.append(Bytes::copy_from_slice(chunk)).await?;
    }
    Ok(())
}

/// Through a row's bytes, as another node would.
async fn resume(blobs: &Blobs, parked: &ParkedUpload, suite: Suite) -> Resumed {
    let parked = ParkedUpload::from_bytes(&parked.to_bytes()).unwrap();
    blobs.resume(parked, &protection(suite, 7)).await.unwrap()
}

async fn resume_ready(blobs: &Blobs, parked: &ParkedUpload, suite: Suite) -> Upload {
    match resume(blobs, parked, suite).await {
        Resumed::Ready(upload) => upload,
        Resumed::Torn(_) => panic!("an upload that was left alone is not torn"),
    }
}

async fn commit(upload: Upload, bytes: &[u8]) -> Receipt {
    upload.commit(&Digest::sha256(bytes), b"described").await.unwrap()
}

async fn assert_reads_back(blobs: &Blobs, number: u8, suite: Suite, bytes: &[u8]) {
    let size = bytes.len() as u64;
    let (object, protection) = (key(number), protection(suite, 7));
    let whole = blobs.open(&object, &protection, ByteRange::whole(size)).await.unwrap();
    assert!(drain(whole).await.unwrap() == bytes, "all of it");
    let some = range(size / 3, size / 3 + size / 2, size);
    let reader = blobs.open(&object, &protection, some).await.unwrap();
    let (from, to) = (bytes.len() / 3, bytes.len() / 3 + bytes.len() / 2);
    assert!(drain(reader).await.unwrap() == bytes[from..to], "half of it");
    let footer = blobs.verify(&object, &protection).await.unwrap();
    assert_eq!((footer.digest, footer.description), (Digest::sha256(bytes), b"described".to_vec()));
}

/// Runs what waits on a thread that may.
async fn off<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

fn writer_of(reopened: Reopened) -> Box<dyn blobs::ObjectWriter> {
    match reopened {
        Reopened::Ready(writer) => writer,
        Reopened::Torn => panic!("an object that was left alone is not torn"),
    }
}

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
    let mut config = crate::s3_server::config(server.port, "");
    config.secret_access_key = "another".to_owned().into();
    let node = S3Store::new(&config, tokio::runtime::Handle::current()).unwrap();
    let refused = off(move || node.check()).await.unwrap_err().to_string();
    assert!(refused.contains("look at the keys"), "{refused}");
    let mut config = crate::s3_server::config(server.port, "");
    config.bucket = "not-there".to_owned();
    let node = S3Store::new(&config, tokio::runtime::Handle::current()).unwrap();
    let refused = off(move || node.check()).await.unwrap_err().to_string();
    assert_eq!(refused, "the bucket is not there; make it");
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

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_a_few_times_is_tried_again() {
    let name = "what_goes_wrong_a_few_times_is_tried_again";
    let Some(server) = S3Server::start(name) else { return };
    let proxy = Proxy::before(server.port);
    let bytes = content(11 * MIB);
    #[rustfmt::skip]
    let cases = [
        ("uploads=",    Trouble::Answered(503),                   "beginning an upload"),
        ("partNumber=", Trouble::Answered(500),                   "a part"),
        ("partNumber=", Trouble::Answered(503),                   "a part"),
        ("partNumber=", Trouble::Cut,                             "a part half way"),
        ("partNumber=", Trouble::AnswerLost,                      "a part that arrived"),
        ("partNumber=", Trouble::Slow(Duration::from_millis(500)), "a part that is late"),
        ("/uploads/",   Trouble::Answered(500),                   "a claim"),
        ("PUT /bucket/p/uploads/", Trouble::AnswerLost,           "a claim that was taken"),
        ("POST",        Trouble::AnswerLost,                      "completing an upload that was completed"),
        ("HEAD",        Trouble::Answered(503),                   "the look at the object"),
        ("GET /bucket/p/objects", Trouble::Answered(500),         "reading"),
        ("GET /bucket/p/objects", Trouble::AnswerCut,             "reading half"),
        ("GET /bucket/p/objects", Trouble::AnswerLost,            "reading nothing"),
    ];
    for (number, (words, trouble, because)) in (1..).zip(cases) {
        let node = blobs(server.node_at(proxy.port, "p"));
        let mut upload = begin(&node, number, Suite::Sealed);
        if words != "POST" {
            proxy.trouble(words, trouble);
        }
        append(&mut upload, &bytes[..10 * MIB]).await.unwrap();
        let parked = upload.park().await.unwrap();
        let mut upload = resume_ready(&node, &parked, Suite::Sealed).await;
        append(&mut upload, &bytes[10 * MIB..]).await.unwrap();
        if words == "POST" {
            proxy.trouble(words, trouble);
        }
        commit(upload, &bytes).await;
        assert_reads_back(&node, number, Suite::Sealed, &bytes).await;
        assert_eq!(proxy.troubles_left(), 0, "{because} went wrong");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_notices_a_forged_tag_and_a_lost_part() {
    let name = "a_commit_notices_a_forged_tag_and_a_lost_part";
    let Some(server) = S3Server::start(name) else { return };
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

#[expect(clippy::disallowed_methods, reason = "a test damages behind the store's back")]
fn lose(file: &std::path::Path) {
    std::fs::remove_file(file).unwrap();
}

/// Bytes to the store ÷ bytes received, for clients that send all at once and for those that send parts of 20 MiB, as
/// ECR asks for. Both park before they commit.
#[tokio::test(flavor = "multi_thread")]
async fn each_byte_goes_to_the_store_once() {
    let Some(server) = S3Server::start("each_byte_goes_to_the_store_once") else { return };
    let bytes = content(50 * MIB + 54_321);
    for (number, chunk) in [(1, bytes.len()), (2, 20 * MIB), (3, 5 * MIB)] {
        for suite in BOTH {
            let proxy = Proxy::before(server.port);
            let node = blobs(server.node_at(proxy.port, &format!("{number}{suite:?}")));
            let mut upload = begin(&node, number, suite);
            for chunk in bytes.chunks(chunk) {
                append(&mut upload, chunk).await.unwrap();
                let parked = upload.park().await.unwrap();
                upload = resume_ready(&node, &parked, suite).await;
            }
            commit(upload, &bytes).await;
            let (sent, received) = (proxy.body_bytes(), bytes.len() as u64);
            let permille = sent * 1000 / received;
            // A client that sends less than a part with each request pays for the tails.
            let most = if chunk < 6 * MIB { 2000 } else { 1020 };
            assert!(permille <= most, "{suite:?} in chunks of {chunk}: {sent} of {received}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_object_is_four_requests() {
    let Some(server) = S3Server::start("a_small_object_is_four_requests") else { return };
    let proxy = Proxy::before(server.port);
    let node = blobs(server.node_at(proxy.port, ""));
    let bytes = content(700_000);
    let mut upload = begin(&node, 1, Suite::Sealed);
    append(&mut upload, &bytes).await.unwrap();
    commit(upload, &bytes).await;
    let lines = proxy.take_lines();
    let verbs: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(verbs, ["PUT", "HEAD", "PUT", "DELETE"], "the claim around it: {lines:?}");
    assert_reads_back(&node, 1, Suite::Sealed, &bytes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_down_is_left_alone_for_a_while() {
    let name = "a_store_that_is_down_is_left_alone_for_a_while";
    let Some(mut server) = S3Server::start(name) else { return };
    let node = Arc::new(server.node(""));
    let ask = |number| {
        let node = Arc::clone(&node);
        off(move || node.open(&key(number)).map(drop).unwrap_err())
    };
    assert!(matches!(ask(1).await, StoreError::NotFound(_)));
    server.kill();
    let mut down = 0;
    while matches!(ask(1).await, StoreError::Remote { .. }) {
        down += 1;
        assert!(down <= 3, "three failures are enough");
    }
    let start = Instant::now();
    assert!(matches!(ask(1).await, StoreError::Resting { .. }));
    assert!(start.elapsed() < Duration::from_millis(100), "it fails at once");
    server.start_again();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(matches!(ask(1).await, StoreError::NotFound(_)), "it answers again");
    assert!(matches!(ask(2).await, StoreError::NotFound(_)));
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
        let address = node.presigned(&key(number), Duration::from_mins(1)).await.unwrap().unwrap();
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
    let unnamed = node.presigned(&key(9), Duration::from_mins(1)).await.unwrap();
    assert_eq!(unnamed, None, "what is sealed is of no use to others");
    let missing = node.presigned(&key(8), Duration::from_mins(1)).await;
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
