//! A rotation of the root key on three nodes, while clients push and pull through all of them.

use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::{Cluster, Plan};
use black_box::{Layer, manifest_of};
use serde_json::{Value, json};

use crate::{STOP_PATIENCE, create_repository, read_tag};

const OLD: &str = black_box::cluster::KEYRING_SECRET;
const NEW: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddee01";

const PATIENCE: Duration = Duration::from_mins(2);

fn keyring(cluster: &Cluster, arguments: &[&str]) -> Value {
    let printed = cluster.longshore([&["keyring"][..], arguments].concat()).succeeds();
    serde_json::from_str(&printed).expect("it prints JSON")
}

/// Restarts one node after the other with this keyring.
fn hand_out(cluster: &mut Cluster, secret: &str) {
    for number in 0..3 {
        let ended = cluster.nodes()[number].stop(STOP_PATIENCE);
        assert!(ended.is_some_and(|status| status.success()), "node {number}: {ended:?}");
        cluster.nodes()[number].set_variable("LONGSHORE_KEYRING_SECRET", secret);
        cluster.start_again(number);
    }
}

/// Each node pushes a layer and an image, and every other one pulls them.
fn assert_one_registry(cluster: &Cluster, round: u64) {
    let mut nodes = cluster.clients();
    for writer in 0..3 {
        let number = round * 3 + writer as u64;
        let layer: Layer = nodes[writer].push_layer("web", number.to_string().as_bytes());
        let config = nodes[writer].push_layer("web", b"{}");
        let tag = format!("v{number}");
        let manifest = manifest_of(number, &config, std::slice::from_ref(&layer));
        assert_eq!(nodes[writer].put_manifest("web", &tag, &manifest).status, 201);
        for node in &mut nodes {
            assert_eq!(read_tag(node, &tag).0, 200);
            let read = node.get(&format!("/v2/web/blobs/{}", layer.digest));
            assert_eq!((read.status, read.body), (200, number.to_string().into_bytes()));
        }
    }
}

#[test]
fn a_root_key_is_rotated_on_three_nodes() {
    let plan = Plan::of(3);
    let Some(mut cluster) = plan.start("a_root_key_is_rotated_on_three_nodes") else { return };
    create_repository(&cluster, "web", &json!({}));
    assert_one_registry(&cluster, 0);

    let both = format!("{OLD},{NEW}");
    cluster.nodes()[0].stop(STOP_PATIENCE);
    cluster.nodes()[0].set_variable("LONGSHORE_KEYRING_SECRET", &both);
    cluster.start_again(0);
    let first = cluster.addresses()[0].clone();
    let refused = cluster
        .longshore(["keyring", "rotate"])
        .env("AWS_ENDPOINT_URL", format!("http://{first}"))
        .fails();
    assert!(refused.contains("The keyring of some nodes lacks the new root key"), "{refused}");

    hand_out(&mut cluster, &both);
    assert_one_registry(&cluster, 1);
    keyring(&cluster, &["rotate"]);
    // At once, on nodes that have not heard of it yet.
    assert_one_registry(&cluster, 2);
    let begun = Instant::now();
    let status = loop {
        let status = keyring(&cluster, &["status"]);
        if status["Resealing"]["State"] == "COMPLETED" {
            break status;
        }
        assert!(begun.elapsed() < PATIENCE, "{status}");
        thread::sleep(Duration::from_millis(250));
    };
    assert_eq!(status["Nodes"].as_array().map(Vec::len), Some(3), "{status}");
    assert!(status["RootKeys"][0]["NeededBecause"].is_null(), "{status}");

    hand_out(&mut cluster, NEW);
    assert_one_registry(&cluster, 3);
    cluster.terminate();
    cluster.await_end(STOP_PATIENCE);
    let fsck = cluster.longshore(["fsck", "--digests"]).env("LONGSHORE_KEYRING_SECRET", NEW);
    fsck.succeeds();
}
