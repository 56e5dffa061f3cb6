//! A key of another KMS that is taken away there is taken away on every node within ten seconds.
//! When that KMS does not answer, every node says so.

use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::{Cluster, Plan};
use black_box::external_kms::ExternalKms;
use black_box::{Client, Request, digest_of, manifest_of};
use serde_json::json;

use crate::{STOP_PATIENCE, create_repository};

/// What we promise: a yes is believed for ten seconds. The rest is for a machine that has much to
/// do.
const REFUSED_WITHIN: Duration = Duration::from_secs(12);

/// A refusal is believed for a second.
const SERVED_WITHIN: Duration = Duration::from_secs(4);

/// No answer is waited for longer.
const ANSWERED_WITHIN: Duration = Duration::from_secs(9);

const REPOSITORY: &str = "elsewhere";
const LAYER: &[u8] = b"a layer under a key that is elsewhere";

fn paths() -> [String; 2] {
    let digest = digest_of(LAYER);
    [format!("/v2/{REPOSITORY}/manifests/v1"), format!("/v2/{REPOSITORY}/blobs/{digest}")]
}

/// The status of an answer; `None` if the key was taken away while it was sent.
fn told(node: &mut Client, path: &str) -> Option<u16> {
    node.try_ask(Request::new("GET", path)).ok().map(|answer| answer.status)
}

/// Reads the layer and the manifest at every node until all answer with this status. Each answer
/// is on time, and once a node has answered so, it goes on doing so.
fn agree(nodes: &mut [Client], what: &str, status: u16, within: Duration) {
    let began = Instant::now();
    let mut has_agreed = vec![false; nodes.len()];
    while has_agreed.contains(&false) {
        for (number, node) in nodes.iter_mut().enumerate() {
            let asked = began.elapsed();
            let told: Vec<Option<u16>> = paths().iter().map(|path| told(node, path)).collect();
            let took = began.elapsed().saturating_sub(asked);
            assert!(took < ANSWERED_WITHIN * 2, "{what}: node {number} answers after {took:?}");
            let agrees = told.iter().all(|told| *told == Some(status));
            assert!(agrees || asked < within, "{what}: node {number}: {told:?} after {asked:?}");
            assert!(agrees || !has_agreed[number], "{what}: node {number}: {told:?} again");
            has_agreed[number] = agrees;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn pushed(cluster: &Cluster, key: &str) -> Vec<Client> {
    let encryption = json!({ "encryptionType": "KMS", "kmsKey": key });
    create_repository(cluster, REPOSITORY, &json!({ "encryptionConfiguration": encryption }));
    let mut nodes = cluster.clients();
    let layer = nodes[0].push_layer(REPOSITORY, LAYER);
    let manifest = manifest_of(1, &layer, &[]);
    assert_eq!(nodes[1].put_manifest(REPOSITORY, "v1", &manifest).status, 201);
    nodes
}

#[test]
fn a_key_that_is_elsewhere_decides_on_every_node() {
    let test = "a_key_that_is_elsewhere_decides_on_every_node";
    let Some(mut kms) = ExternalKms::start(test) else { return };
    let arguments = kms.arguments();
    let Some(mut cluster) = Plan::of(3).arguments(arguments.clone()).start(test) else { return };
    let key = kms.key();
    let mut nodes = pushed(&cluster, &key);
    agree(&mut nodes, "it can be pulled", 200, SERVED_WITHIN);

    kms.call("DisableKey", &json!({ "KeyId": key }));
    agree(&mut nodes, "the key is disabled", 403, REFUSED_WITHIN);
    for node in &mut nodes {
        let refused = node.get(&paths()[1]);
        assert!(refused.text().contains(&format!("{key} is disabled.")), "{}", refused.text());
        let begun = node.post(&format!("/v2/{REPOSITORY}/blobs/uploads/"), "");
        assert_eq!(begun.status, 403, "{}", begun.text());
    }
    kms.call("EnableKey", &json!({ "KeyId": key }));
    agree(&mut nodes, "the key is enabled", 200, SERVED_WITHIN);

    for mood in ["away", "slow"] {
        kms.mood(mood);
        agree(&mut nodes, mood, 503, REFUSED_WITHIN + ANSWERED_WITHIN * 3);
        for node in &mut nodes {
            let refused = node.get(&paths()[1]);
            assert!(refused.header("retry-after").is_some(), "{mood}: {}", refused.text());
            let begun = node.post(&format!("/v2/{REPOSITORY}/blobs/uploads/"), "");
            assert_eq!(begun.status, 503, "{mood}: {}", begun.text());
        }
        kms.mood("well");
        agree(&mut nodes, "it answers again", 200, SERVED_WITHIN);
    }
    nodes[2].push_layer(REPOSITORY, b"another");

    cluster.terminate();
    cluster.await_end(STOP_PATIENCE);
    let services = arguments.iter().map(String::as_str);
    cluster.longshore(["fsck", "--digests"].into_iter().chain(services)).succeeds();
}
