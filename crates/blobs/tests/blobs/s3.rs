//! The S3 store with a real server behind it, and with trouble in between.

use std::sync::Arc;
use std::time::{Duration, Instant};

use blobs::{
    Blobs, NewObject, ObjectStore, ParkedUpload, Receipt, Reopened, Resumed, S3Config, S3Store,
    StoreError, Upload, conformance,
};
use bytes::Bytes;
use names::{Algorithm, ByteRange, Digest, ObjectKey, Timestamp, WrappedKey};

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

#[expect(clippy::disallowed_methods, reason = "the server that is tested goes by the time of day")]
fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp::from_seconds(i64::try_from(since.as_secs()).unwrap())
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
}

type Change = fn(&mut S3Config);

/// What happens to which request, by words of its first line.
type Happens = Option<(&'static str, Trouble)>;

/// What a start says of a store that cannot be used. What this server cannot be brought to say, the proxy says as S3 would.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_used_is_refused_with_what_to_do() {
    let name = "a_store_that_cannot_be_used_is_refused_with_what_to_do";
    let Some(server) = S3Server::start(name) else { return };
    let nothing: Change = |_| {};
    let refused = |status, code| Some(("PUT", Trouble::Refused(status, code)));
    #[rustfmt::skip]
    let cases: [(Change, Happens, &str); 13] = [
        (|c| c.bucket = "not-there".to_owned(),             None, "the bucket is not there; make it"),
        (|c| c.secret_access_key = "other".to_owned().into(), None, "LONGSHORE_S3_SECRET_ACCESS_KEY is not that of"),
        (|c| c.access_key_id = "nobody".to_owned(),         None, "the store does not know LONGSHORE_S3_ACCESS_KEY_ID"),
        (|c| c.region = "eu-north-1".to_owned(),            None, "LONGSHORE_S3_REGION is not the bucket's Region"),
        (|c| c.endpoint = Some("http://127.0.0.1:9".to_owned()), None, "look at the store and the network"),
        (nothing, refused(403, "RequestTimeTooSkewed"),           "clock"),
        (nothing, refused(403, "AccessDenied"),                   "it needs s3:GetObject, s3:PutObject"),
        (nothing, refused(400, "AuthorizationHeaderMalformed"),   "LONGSHORE_S3_REGION is not the bucket's Region"),
        (nothing, refused(418, "SomethingElse"),                  "look at what the store answered"),
        (nothing, Some(("PUT", Trouble::Answered(200))), "ignores If-None-Match"),
        (nothing, Some(("GET /bucket/checks", Trouble::Refused(403, "AccessDenied"))), "it needs s3:GetObject"),
        (nothing, Some(("list-type", Trouble::Refused(403, "AccessDenied"))), "could not list objects; the key may not"),
        (nothing, Some(("uploads=", Trouble::Refused(501, "NotImplemented"))), "the store lacks what is needed"),
    ];
    for (change, trouble, because) in cases {
        let proxy = Proxy::before(server.port);
        let mut config = crate::s3_server::config(proxy.port, "");
        change(&mut config);
        if let Some((words, trouble)) = trouble {
            // As often as it is tried.
            for _ in 0..=config.patience.retries {
                proxy.trouble(words, trouble);
            }
        }
        let node = S3Store::new(&config, tokio::runtime::Handle::current()).unwrap();
        let checked = off(move || node.check()).await;
        let Err(error) = checked else { panic!("{because}: it passed") };
        assert!(error.to_string().contains(because), "{because}: {error} ({error:?})");
        assert_eq!(server.files(), [] as [std::path::PathBuf; 0], "{because}: nothing is left");
    }
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

/// The store goes away for good, in each way, before each request of a push. The node says so, and once the store is
/// back another node goes on from what was acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_goes_away_at_any_request_loses_nothing_that_was_acknowledged() {
    let name = "a_store_that_goes_away_at_any_request_loses_nothing_that_was_acknowledged";
    let Some(server) = S3Server::start(name) else { return };
    let troubles = [Trouble::Answered(503), Trouble::Cut, Trouble::AnswerLost];
    let mut pushes = 0;
    // One that becomes a piece, and one that becomes parts.
    for length in [MIB, 11 * MIB] {
        let bytes = content(length);
        for trouble in troubles {
            for count in 0.. {
                pushes += 1;
                let prefix = format!("{pushes}");
                let proxy = Proxy::before(server.port);
                let broken = blobs(server.node_at(proxy.port, &prefix));
                proxy.break_after(count, trouble);
                let (acknowledged, outcome) = push_acknowledged(&broken, &bytes).await;
                proxy.mend();
                let node = blobs(server.node(&prefix));
                let because = format!("{length} bytes, {trouble:?} after {count} requests");
                let Err(error) = outcome else {
                    assert_reads_back(&node, 1, Suite::Sealed, &bytes).await;
                    // Only what is removed after the commit was left to fail.
                    break;
                };
                let is_clear =
                    matches!(error, StoreError::Remote { .. } | StoreError::Resting { .. });
                assert!(is_clear, "{because}: {error:?}");
                let object = go_on(&node, acknowledged, &bytes).await;
                assert_reads_back(&node, object, Suite::Sealed, &bytes).await;
                for key in node.list(None, 10).await.unwrap() {
                    node.delete(&key).await.unwrap();
                }
                let left = server.files().into_iter();
                let left: Vec<_> =
                    left.filter(|f| f.to_string_lossy().contains("/objects/")).collect();
                assert!(
                    left.iter()
                        .all(|f| !f.starts_with(server.folder.path().join("bucket").join(&prefix))),
                    "{left:?}"
                );
            }
        }
    }
    assert!(pushes > 40, "each request was hit: {pushes}");
}

/// As Docker does. Says what was acknowledged, if anything, and how it ended.
async fn push_acknowledged(
    node: &Blobs,
    bytes: &[u8],
) -> (Option<ParkedUpload>, Result<(), StoreError>) {
    let mut upload = begin(node, 1, Suite::Sealed);
    let appended = append(&mut upload, bytes).await;
    let parked = match appended {
        Ok(()) => upload.park().await,
        Err(error) => return (None, Err(error)),
    };
    let parked = match parked {
        Ok(parked) => parked,
        Err(error) => return (None, Err(error)),
    };
    let upload = match node.resume(parked.clone(), &protection(Suite::Sealed, 7)).await {
        Ok(Resumed::Ready(upload)) => upload,
        Ok(Resumed::Torn(_)) => panic!("an upload that was left alone is not torn"),
        Err(error) => return (Some(parked), Err(error)),
    };
    match upload.commit(&Digest::sha256(bytes), b"described").await {
        Ok(_) => (Some(parked), Ok(())),
        Err(blobs::CommitError::Store(error)) => (Some(parked), Err(error)),
        Err(other) => panic!("{other}"),
    }
}

/// What `operations` does with an upload whose node is gone: from the row, or from the start if nothing was
/// acknowledged. Says which object it is in then.
async fn go_on(node: &Blobs, acknowledged: Option<ParkedUpload>, bytes: &[u8]) -> u8 {
    let protection = protection(Suite::Sealed, 7);
    let Some(parked) = acknowledged else {
        let mut upload = begin(node, 2, Suite::Sealed);
        append(&mut upload, bytes).await.unwrap();
        commit(upload, bytes).await;
        return 2;
    };
    match resume(node, &parked, Suite::Sealed).await {
        Resumed::Ready(upload) => {
            commit(upload, bytes).await;
            1
        }
        Resumed::Torn(parked) => {
            let new = new(2, Suite::Sealed);
            commit(node.reseal(parked, &protection, new).await.unwrap(), bytes).await;
            2
        }
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

/// How a client cuts a layer into requests. The node forgets everything between two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One `PATCH`, then a `PUT` without a body, as Docker does.
    PatchAndPut,
    /// One `PUT`.
    Put,
    /// `PATCH`es of this length, then a `PUT`.
    Chunks(usize),
}

/// What an upload costs the store, and what reading it does.
#[derive(Debug)]
struct Cost {
    bytes: u64,
    requests: usize,
    read_requests: usize,
}

async fn push(server: &S3Server, prefix: &str, suite: Suite, bytes: &[u8], way: Way) -> Cost {
    let proxy = Proxy::before(server.port);
    let node = blobs(server.node_at(proxy.port, prefix));
    let mut upload = begin(&node, 1, suite);
    let chunk = match way {
        Way::PatchAndPut | Way::Put => bytes.len(),
        Way::Chunks(length) => length,
    };
    for chunk in bytes.chunks(chunk) {
        append(&mut upload, chunk).await.unwrap();
        if way != Way::Put {
            let parked = upload.park().await.unwrap();
            upload = resume_ready(&node, &parked, suite).await;
        }
    }
    commit(upload, bytes).await;
    let (sent, requests) = (proxy.body_bytes(), proxy.take_lines().len());
    let whole = ByteRange::whole(bytes.len() as u64);
    let reader = node.open(&key(1), &protection(suite, 7), whole).await.unwrap();
    assert!(drain(reader).await.unwrap() == bytes);
    let read_requests = proxy.take_lines().len();
    assert_reads_back(&node, 1, suite, bytes).await;
    Cost { bytes: sent, requests, read_requests }
}

/// Bytes to the store ÷ bytes received. `--nocapture` shows the table.
#[tokio::test(flavor = "multi_thread")]
async fn each_byte_goes_to_the_store_once() {
    let Some(server) = S3Server::start("each_byte_goes_to_the_store_once") else { return };
    let sizes = [64 << 10, 300_000, MIB, 4 * MIB, 6 * MIB, 12 * MIB + 345, 64 * MIB];
    let ways = [
        (Way::PatchAndPut, 1020),
        (Way::Put, 1020),
        // The last chunk of 4 MiB goes twice.
        (Way::Chunks(20 * MIB), 1070),
        // Pays for its tails: S3 has no way to append.
        (Way::Chunks(MIB), 2001),
    ];
    for (number, (way, permille_max)) in ways.into_iter().enumerate() {
        for size in sizes {
            let bytes = content(size);
            for suite in BOTH {
                let prefix = format!("{number}/{size}/{suite:?}");
                let cost = push(&server, &prefix, suite, &bytes, way).await;
                let permille = cost.bytes * 1000 / size as u64;
                let Cost { bytes: sent, requests, read_requests } = cost;
                let line = format!(
                    "{way:?} {suite:?} {size}: {permille}‰, {sent} bytes in {requests} requests, read in {read_requests}"
                );
                println!("{line}");
                let is_kept = permille <= permille_max;
                assert!(is_kept, "{line}");
            }
        }
    }
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

/// A piece that is gone or changed is noticed before anybody is told that the layer is here, and by whoever reads it.
#[tokio::test(flavor = "multi_thread")]
async fn a_piece_that_is_lost_or_cut_is_noticed() {
    let Some(server) = S3Server::start("a_piece_that_is_lost_or_cut_is_noticed") else { return };
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
        assert!(matches!(missing, Err(StoreError::NotFound(_))), "nobody was told of it");
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

/// Takes the first byte.
#[expect(clippy::disallowed_methods, reason = "a test damages behind the store's back")]
fn cut(file: &std::path::Path) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[1..]).unwrap();
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
