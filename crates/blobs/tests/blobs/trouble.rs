//! Stores in buckets with faults between them and a real server.

use std::sync::Arc;
use std::time::{Duration, Instant};

use blobs::{Blobs, ObjectStore as _, ParkedUpload, Resumed, StoreError};
use names::{ByteRange, Digest};
use stand_ins::{Proxy, S3Server, Trouble, or_skipped};

use crate::bucket_support::{
    MIB, append, assert_reads_back, begin, blobs, commit, key, new, off, resume, resume_ready,
};
use crate::servers::{Nodes as _, Server};
use crate::support::{Suite, content, drain, protection};

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_a_few_times_is_tried_again() {
    let name = "what_goes_wrong_a_few_times_is_tried_again";
    for server in Server::each(name) {
        let proxy = Proxy::before(server.port());
        let bytes = content(6 * MIB);
        let said = words_of(&server);
        let complete = said.complete;
        for (number, (words, trouble, because)) in (1..).zip(passing_troubles(&said)) {
            let node = blobs(server.node_at(proxy.port, "p"));
            let mut upload = begin(&node, number, Suite::Sealed);
            if words != complete {
                proxy.trouble(words, trouble);
            }
            append(&mut upload, &bytes[..5 * MIB]).await.unwrap();
            let parked = upload.park().await.unwrap();
            let mut upload = resume_ready(&node, &parked, Suite::Sealed).await;
            append(&mut upload, &bytes[5 * MIB..]).await.unwrap();
            if words == complete {
                proxy.trouble(words, trouble);
            }
            commit(upload, &bytes).await;
            assert_reads_back(&node, number, Suite::Sealed, &bytes).await;
            assert_eq!(proxy.troubles_left(), 0, "{because} went wrong");
        }
    }
}

/// Words of the first line of each kind of request, as one cloud's client writes it.
struct Words {
    begin_parts: &'static str,
    part: &'static str,
    complete: &'static str,
    uploads: &'static str,
    claim: &'static str,
    read: &'static str,
}

fn words_of(server: &Server) -> Words {
    match server {
        Server::S3(_) => Words {
            begin_parts: "uploads=",
            part: "partNumber=",
            complete: "POST",
            uploads: "/uploads/",
            claim: "PUT /bucket/p/uploads/",
            read: "GET /bucket/p/objects",
        },
        Server::Azure(azure) => Words {
            begin_parts: "comp=block&",
            part: "comp=block&",
            complete: "comp=blocklist",
            uploads: "/uploads/",
            claim: format!("PUT /anaccount/{}/p/uploads/", azure.container).leak(),
            read: format!("GET /anaccount/{}/p/objects", azure.container).leak(),
        },
        // Its client escapes slashes.
        Server::Google(_) => Words {
            begin_parts: "uploads=",
            part: "partNumber=",
            complete: "POST",
            uploads: "%2Fuploads%2F",
            claim: "PUT /bucket/p%2Fuploads%2F",
            read: "GET /bucket/p%2Fobjects",
        },
    }
}

fn passing_troubles(words: &Words) -> [(&'static str, Trouble, &'static str); 13] {
    let Words { begin_parts, part, complete, uploads, claim, read } = *words;
    #[rustfmt::skip]
    let troubles = [
        (begin_parts, Trouble::Answered(503), "beginning an upload"),
        (part,        Trouble::Answered(500), "a part"),
        (part,        Trouble::Answered(503), "a part"),
        (part,        Trouble::Cut,           "a part half way"),
        (part,        Trouble::AnswerLost,    "a part that arrived"),
        (part,        Trouble::Slow(Duration::from_millis(500)), "a part that is late"),
        (uploads,     Trouble::Answered(500), "a claim"),
        (claim,       Trouble::AnswerLost,    "a claim that was taken"),
        (complete,    Trouble::AnswerLost,    "completing an upload that was completed"),
        ("HEAD",      Trouble::Answered(503), "the look at the object"),
        (read,        Trouble::Answered(500), "reading"),
        (read,        Trouble::AnswerCut,     "reading half"),
        (read,        Trouble::AnswerLost,    "reading nothing"),
    ];
    troubles
}

/// The store goes away for good, in each way, before each request of a push. The node says so, and
/// once the store is back another node continues from what was acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_goes_away_at_any_request_loses_nothing_that_was_acknowledged() {
    let name = "a_store_that_goes_away_at_any_request_loses_nothing_that_was_acknowledged";
    for server in Server::each(name) {
        let troubles = [Trouble::Cut, Trouble::Answered(503), Trouble::AnswerLost];
        let mut pushes = 0;
        // One that stays in the row, one that becomes a piece, and two that become parts. A part
        // between the first and the last is like the first: one way is enough.
        for (length, troubles) in [
            (100_000, &troubles[..]),
            (MIB, &troubles[..]),
            (6 * MIB, &troubles[1..]),
            (11 * MIB, &troubles[..1]),
        ] {
            let bytes = content(length);
            for &trouble in troubles {
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
                        // Only the removals after the commit were left to fail.
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

/// Pushes as Docker does. Returns what was acknowledged, if anything, and how it ended.
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
/// nothing was acknowledged. Returns the number of its object.
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

/// The store fails for good before each request of a read. The reader yields the right bytes or an
/// error.
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
