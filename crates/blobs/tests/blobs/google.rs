//! Features for Google Cloud Storage only, over the translator.

use std::path::PathBuf;
use std::time::Duration;

use stand_ins::{GoogleServer, Proxy, Trouble, or_skipped};

use crate::bucket_support::{MIB, append, assert_reads_back, begin, blobs, commit, key, now, off};
use crate::servers::Nodes as _;
use crate::support::{Suite, content};

/// No test sees Google itself, so a start tries uploads in parts in the bucket.
#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_of_google_where_a_step_of_the_check_fails_is_refused() {
    let name = "a_bucket_of_google_where_a_step_of_the_check_fails_is_refused";
    let Some(server) = or_skipped(name, GoogleServer::start()) else { return };
    let proxy = Proxy::before(server.port);
    #[rustfmt::skip]
    let steps = [
        ("PUT /bucket/p%2Fchecks",  "the claim"),
        ("GET /bucket/p%2Fchecks",  "the look at it"),
        ("list-type=2",             "the list"),
        ("uploads=",                "the beginning of an upload"),
        ("partNumber=",             "a part"),
        ("POST /bucket/p%2Fchecks", "what is posted: that beginning"),
        ("DELETE",                  "the end of an upload, or the removal"),
    ];
    for (words, step) in steps {
        proxy.trouble(words, Trouble::Refused(403, "AccessDenied"));
        let node = server.node_at(proxy.port, "p");
        let refused = off(move || node.check()).await;
        let Err(refused) = refused else { panic!("{step}: it passed") };
        assert!(refused.to_string().contains("the key lacks a right"), "{step}: {refused}");
        assert_eq!(proxy.troubles_left(), 0, "{step} is tried");
    }
    let node = server.node_at(proxy.port, "q");
    off(move || node.check()).await.unwrap();
    let of_the_last = |file: &PathBuf| file.iter().any(|name| name == "q");
    assert_eq!(server.files().into_iter().find(of_the_last), None, "nothing is left");
}

/// Uploads in parts take no metadata there, so ends are never kept apart.
#[tokio::test(flavor = "multi_thread")]
async fn content_on_google_keeps_its_ends_and_has_no_address() {
    let name = "content_on_google_keeps_its_ends_and_has_no_address";
    let Some(server) = or_skipped(name, GoogleServer::start()) else { return };
    let node = server.node("p");
    let node = blobs(node);
    for (number, length) in (1..).zip([0, 6, 100_000, 12 * MIB]) {
        let bytes = content(length);
        let mut upload = begin(&node, number, Suite::Storage);
        append(&mut upload, &bytes).await.unwrap();
        commit(upload, &bytes).await;
        assert_reads_back(&node, number, Suite::Storage, &bytes).await;
        let life = Duration::from_mins(1);
        assert_eq!(node.presigned(&key(number), now(), life).await.unwrap(), None);
    }
}
