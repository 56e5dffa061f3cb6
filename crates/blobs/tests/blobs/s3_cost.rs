//! The cost of uploads for the store.

use names::ByteRange;
use stand_ins::{Proxy, S3Server, or_skipped};

use crate::bucket_support::{
    MIB, append, assert_reads_back, begin, blobs, commit, key, resume_ready,
};
use crate::servers::Nodes as _;
use crate::support::{BOTH, Suite, content, drain, protection};

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
    let Some(server) = or_skipped("each_byte_goes_to_the_store_once", S3Server::start()) else {
        return;
    };
    let sizes = [64 << 10, 300_000, MIB, 4 * MIB, 6 * MIB, 12 * MIB + 345, 64 * MIB];
    let ways = [
        (Way::PatchAndPut, 1020),
        (Way::Put, 1020),
        // The last chunk of 4 MiB goes twice.
        (Way::Chunks(20 * MIB), 1070),
        // Its tails are sent twice: S3 cannot append.
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

/// The parts of a short upload that wait do so in its row.
#[tokio::test(flavor = "multi_thread")]
async fn a_short_object_is_three_requests() {
    let Some(server) = or_skipped("a_short_object_is_three_requests", S3Server::start()) else {
        return;
    };
    for (number, suite) in BOTH.into_iter().enumerate() {
        let proxy = Proxy::before(server.port);
        let node = blobs(server.node_at(proxy.port, &number.to_string()));
        let bytes = content(200_000);
        let mut upload = begin(&node, 1, suite);
        append(&mut upload, &bytes).await.unwrap();
        let parked = upload.park().await.unwrap();
        assert_eq!(proxy.take_lines(), [] as [&str; 0], "it is in the row");
        let upload = resume_ready(&node, &parked, suite).await;
        let lines = proxy.take_lines();
        let looked = verbs(&lines);
        assert!(matches!(&looked[..], ["HEAD", "GET"] | ["GET", "HEAD"]), "{looked:?}");
        commit(upload, &bytes).await;
        let expected = match suite {
            Suite::Sealed => &["PUT", "PUT", "DELETE"][..],
            // Its ends are apart, which only the longer way knows.
            Suite::Storage => &["PUT", "HEAD", "PUT", "DELETE"],
        };
        let lines = proxy.take_lines();
        assert_eq!(verbs(&lines), expected, "a claim, the object, and the claim");
        assert_reads_back(&node, 1, suite, &bytes).await;
    }
}

fn verbs(lines: &[String]) -> Vec<&str> {
    lines.iter().filter_map(|line| line.split(' ').next()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_object_is_four_requests() {
    let Some(server) = or_skipped("a_small_object_is_four_requests", S3Server::start()) else {
        return;
    };
    let proxy = Proxy::before(server.port);
    let node = blobs(server.node_at(proxy.port, ""));
    let bytes = content(700_000);
    let mut upload = begin(&node, 1, Suite::Sealed);
    append(&mut upload, &bytes).await.unwrap();
    commit(upload, &bytes).await;
    let lines = proxy.take_lines();
    assert_eq!(verbs(&lines), ["PUT", "HEAD", "PUT", "DELETE"], "the claim around it: {lines:?}");
    assert_reads_back(&node, 1, Suite::Sealed, &bytes).await;
}

/// Whole objects have nothing else: two lists show that, and one request removes all.
#[tokio::test(flavor = "multi_thread")]
async fn objects_are_deleted_with_three_requests() {
    let Some(server) = or_skipped("objects_are_deleted_with_three_requests", S3Server::start())
    else {
        return;
    };
    let proxy = Proxy::before(server.port);
    let node = blobs(server.node_at(proxy.port, "together"));
    for number in 0..40 {
        commit(begin(&node, number, BOTH[0]), &[]).await;
    }
    proxy.take_lines();
    node.delete_each((0..40).map(key).collect()).await.unwrap();
    let lines = proxy.take_lines();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(node.list(None, 10).await.unwrap().is_empty());
}
