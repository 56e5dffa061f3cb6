//! Stores in buckets with faults between them and a real server, or in the bucket.

use std::sync::Arc;
use std::time::{Duration, Instant};

use blobs::{
    Blobs, BucketConfig, BucketStore, CloudConfig, ObjectStore as _, ParkedUpload, Resumed,
    S3Config, StoreError,
};
use names::{ByteRange, Digest, ObjectKey};
use stand_ins::{S3Server, or_skipped};

use crate::bucket_support::{
    MIB, append, assert_reads_back, begin, blobs, commit, key, new, off, resume, resume_ready,
    writer_of,
};
use crate::proxy::{Proxy, Trouble};
use crate::servers::{Nodes as _, Server};
use crate::support::{BOTH, Suite, content, drain, protection};

type Change = fn(&mut BucketConfig, &mut S3Config);

/// What happens to which request, by words of its first line.
type Happens = Option<(&'static str, Trouble)>;

/// The error of a start with an unusable store. The proxy sends those answers of S3 that this
/// server cannot be made to send.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_used_is_refused_with_what_to_do() {
    let name = "a_store_that_cannot_be_used_is_refused_with_what_to_do";
    let Some(server) = or_skipped(name, S3Server::start()) else { return };
    let nothing: Change = |_, _| {};
    let refused = |status, code| Some(("PUT", Trouble::Refused(status, code)));
    #[rustfmt::skip]
    let cases: [(Change, Happens, &str); 13] = [
        (|c, _| c.bucket = "not-there".to_owned(),             None, "the bucket does not exist; create it"),
        (|_, c| c.secret_access_key = "other".to_owned().into(), None, "LONGSHORE_S3_SECRET_ACCESS_KEY does not belong to"),
        (|_, c| c.access_key_id = "nobody".to_owned(),         None, "the store does not know LONGSHORE_S3_ACCESS_KEY_ID"),
        (|_, c| c.region = "eu-north-1".to_owned(),            None, "LONGSHORE_S3_REGION is not the bucket's Region"),
        (|_, c| c.endpoint = Some("http://127.0.0.1:9".to_owned()), None, "check the store and the network"),
        (nothing, refused(403, "RequestTimeTooSkewed"),           "clock"),
        (nothing, refused(403, "AccessDenied"),                   "it needs s3:GetObject, s3:PutObject"),
        (nothing, refused(400, "AuthorizationHeaderMalformed"),   "LONGSHORE_S3_REGION is not the bucket's Region"),
        (nothing, refused(418, "SomethingElse"),                  "see the store's answer"),
        (nothing, Some(("PUT", Trouble::Answered(200))), "ignores If-None-Match"),
        (nothing, Some(("GET /bucket/checks", Trouble::Refused(403, "AccessDenied"))), "it needs s3:GetObject"),
        (nothing, Some(("list-type", Trouble::Refused(403, "AccessDenied"))), "could not list objects; the key lacks a right"),
        (nothing, Some(("uploads=", Trouble::Refused(501, "NotImplemented"))), "the store lacks a feature"),
    ];
    for (change, trouble, because) in cases {
        let proxy = Proxy::before(server.port);
        let mut config = server.config_at(proxy.port, "");
        let CloudConfig::S3(mut s3) = config.cloud.clone() else { panic!("it is S3") };
        change(&mut config, &mut s3);
        config.cloud = CloudConfig::S3(s3);
        if let Some((words, trouble)) = trouble {
            // As often as it is tried.
            for _ in 0..=config.patience.retries {
                proxy.trouble(words, trouble);
            }
        }
        let node = BucketStore::new(&config, tokio::runtime::Handle::current()).unwrap();
        let checked = off(move || node.check()).await;
        let Err(error) = checked else { panic!("{because}: it passed") };
        assert!(error.to_string().contains(because), "{because}: {error} ({error:?})");
        assert_eq!(server.files(), [] as [std::path::PathBuf; 0], "{because}: nothing is left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_others_begin_to_use_is_there() {
    let name = "a_bucket_that_others_begin_to_use_is_there";
    for server in Server::each(name) {
        for _ in 0..20 {
            // Each removes its probe, and with it, here, the folder that another is about to put
            // one into.
            let nodes: Vec<_> = (0..8).map(|_| server.node("p")).collect();
            let checks = nodes.into_iter().map(|node| off(move || node.check()));
            for checked in futures_util::future::join_all(checks).await {
                checked.unwrap();
            }
        }
        let proxy = Proxy::before(server.port());
        proxy.trouble("checks", Trouble::AnswerLost);
        let node = server.node_at(proxy.port, "p");
        off(move || node.check()).await.unwrap();
        assert_eq!(server.kept(), [] as [&str; 0], "nothing is left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_a_few_times_is_tried_again() {
    let name = "what_goes_wrong_a_few_times_is_tried_again";
    for server in Server::each(name) {
        let proxy = Proxy::before(server.port());
        let bytes = content(11 * MIB);
        // What is said to S3, to Azure, and to Google, whose client writes slashes otherwise.
        let say = |s3, azure, google| match server {
            Server::S3(_) => s3,
            Server::Azure(_) => azure,
            Server::Google(_) => google,
        };
        let begin_parts = say("uploads=", "comp=block&", "uploads=");
        let part = say("partNumber=", "comp=block&", "partNumber=");
        let complete = say("POST", "comp=blocklist", "POST");
        let uploads = say("/uploads/", "/uploads/", "%2Fuploads%2F");
        let claim = say(
            "PUT /bucket/p/uploads/",
            "PUT /anaccount/bucket/p/uploads/",
            "PUT /bucket/p%2Fuploads%2F",
        );
        let read = say(
            "GET /bucket/p/objects",
            "GET /anaccount/bucket/p/objects",
            "GET /bucket/p%2Fobjects",
        );
        #[rustfmt::skip]
    let cases = [
        (begin_parts, Trouble::Answered(503),           "beginning an upload"),
        (part, Trouble::Answered(500),                   "a part"),
        (part, Trouble::Answered(503),                   "a part"),
        (part, Trouble::Cut,                             "a part half way"),
        (part, Trouble::AnswerLost,                      "a part that arrived"),
        (part, Trouble::Slow(Duration::from_millis(500)), "a part that is late"),
        (uploads,   Trouble::Answered(500),                   "a claim"),
        (claim, Trouble::AnswerLost,           "a claim that was taken"),
        (complete, Trouble::AnswerLost,                      "completing an upload that was completed"),
        ("HEAD",        Trouble::Answered(503),                   "the look at the object"),
        (read, Trouble::Answered(500),         "reading"),
        (read, Trouble::AnswerCut,             "reading half"),
        (read, Trouble::AnswerLost,            "reading nothing"),
    ];
        for (number, (words, trouble, because)) in (1..).zip(cases) {
            let node = blobs(server.node_at(proxy.port, "p"));
            let mut upload = begin(&node, number, Suite::Sealed);
            if words != complete {
                proxy.trouble(words, trouble);
            }
            append(&mut upload, &bytes[..10 * MIB]).await.unwrap();
            let parked = upload.park().await.unwrap();
            let mut upload = resume_ready(&node, &parked, Suite::Sealed).await;
            append(&mut upload, &bytes[10 * MIB..]).await.unwrap();
            if words == complete {
                proxy.trouble(words, trouble);
            }
            commit(upload, &bytes).await;
            assert_reads_back(&node, number, Suite::Sealed, &bytes).await;
            assert_eq!(proxy.troubles_left(), 0, "{because} went wrong");
        }
    }
}

/// The store goes away for good, in each way, before each request of a push. The node says so, and
/// once the store is back another node goes on from what was acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_goes_away_at_any_request_loses_nothing_that_was_acknowledged() {
    let name = "a_store_that_goes_away_at_any_request_loses_nothing_that_was_acknowledged";
    for server in Server::each(name) {
        let troubles = [Trouble::Answered(503), Trouble::Cut, Trouble::AnswerLost];
        let mut pushes = 0;
        // One that becomes a piece, and one that becomes parts.
        for length in [MIB, 11 * MIB] {
            let bytes = content(length);
            for trouble in troubles {
                for count in 0.. {
                    pushes += 1;
                    let prefix = format!("{pushes}");
                    let proxy = Proxy::before(server.port());
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
                    let place = format!("{prefix}/objects/");
                    let is_left = |name: &String| name.contains(&place);
                    let left: Vec<_> = server.kept().into_iter().filter(is_left).collect();
                    assert_eq!(left, [] as [&str; 0], "{because}");
                }
            }
        }
        assert!(pushes > 40, "each request was hit: {pushes}");
    }
}

/// The store goes wrong for good before each request of a read. What comes is right or an error.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_goes_away_while_it_is_read_never_yields_wrong_bytes() {
    let name = "a_store_that_goes_away_while_it_is_read_never_yields_wrong_bytes";
    for server in Server::each(name) {
        let troubles = [Trouble::Answered(500), Trouble::AnswerCut, Trouble::AnswerLost];
        for (number, (length, suite)) in (1..).zip([
            (2 * MIB + 77, Suite::Sealed),
            (2 * MIB + 77, Suite::Storage),
            (11 * MIB, Suite::Sealed),
            (11 * MIB, Suite::Storage),
        ]) {
            let (node, bytes) = (blobs(server.node("")), content(length));
            let mut upload = begin(&node, number, suite);
            append(&mut upload, &bytes).await.unwrap();
            let parked = upload.park().await.unwrap();
            commit(resume_ready(&node, &parked, suite).await, &bytes).await;
            for trouble in troubles {
                let mut failed = 0;
                for count in 0.. {
                    let proxy = Proxy::before(server.port());
                    proxy.break_after(count, trouble);
                    let node = blobs(server.node_at(proxy.port, ""));
                    let whole = ByteRange::whole(length as u64);
                    let read = match node.open(&key(number), &protection(suite, 7), whole).await {
                        Ok(reader) => drain(reader).await,
                        Err(error) => Err(error),
                    };
                    let because = format!("{length} bytes, {suite:?}, {trouble:?} after {count}");
                    match read {
                        Ok(read) => {
                            assert!(read == bytes, "{because}: wrong bytes");
                            break;
                        }
                        Err(StoreError::Remote { .. } | StoreError::Resting { .. }) => failed += 1,
                        Err(other) => panic!("{because}: {other:?}"),
                    }
                }
                assert!(failed >= 4, "each request was hit: {failed}");
            }
        }
    }
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

/// What `operations` does with an upload whose node is gone: from the row, or from the start if
/// nothing was acknowledged. Says which object it is in then.
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

#[expect(clippy::disallowed_methods, reason = "a test damages behind the store's back")]
fn lose(file: &std::path::Path) {
    std::fs::remove_file(file).unwrap();
}

/// A piece that is gone or changed is noticed before anybody is told that the layer is here, and by
/// whoever reads it.
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
async fn a_store_that_is_down_is_left_alone_for_a_while() {
    let name = "a_store_that_is_down_is_left_alone_for_a_while";
    let Some(mut server) = or_skipped(name, S3Server::start()) else { return };
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
