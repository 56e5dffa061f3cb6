//! A layer that was changed in the bucket: each node says which object it is, and once it is pushed
//! again at one of them, all serve it.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::Cluster;
use black_box::{Random, manifest_of};
use serde_json::Value;

use crate::{end, three_nodes};

/// A damage is in the rows after two seconds; the rest is for a machine that has much to do.
const KNOWN_WITHIN: Duration = Duration::from_secs(10);

/// More than the first segment, in which the damage is.
const LAYER_BYTES: usize = 300_000;
const DAMAGED_AT: usize = 1_000;

/// The largest file of the bucket that belongs to these nodes, and its object's key.
fn largest_object(cluster: &Cluster) -> (PathBuf, String) {
    let prefix = format!("/{}/objects/", cluster.prefix());
    let files = cluster.stores().s3.files().into_iter();
    let ours = files.filter(|file| file.to_string_lossy().contains(&prefix));
    let length = |path: &PathBuf| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let file = ours.max_by_key(length).expect("the layer has an object");
    let key = file.file_name().and_then(|name| name.to_str()).expect("a key is text").to_owned();
    (file, key)
}

#[test]
fn a_layer_that_was_damaged_in_the_bucket_comes_back_when_it_is_pushed_again() {
    let test = "a_layer_that_was_damaged_in_the_bucket_comes_back_when_it_is_pushed_again";
    let Some(cluster) = three_nodes(test) else { return };
    let mut nodes = cluster.clients();
    let content = Random::new(13).bytes(LAYER_BYTES);
    let layer = nodes[0].push_layer("web", &content);
    assert_eq!(nodes[0].put_manifest("web", "v1", &manifest_of(1, &layer, &[])).status, 201);
    let path = format!("/v2/web/blobs/{}", layer.digest);
    let (file, key) = largest_object(&cluster);
    let mut bytes = fs::read(&file).expect("the object can be read");
    bytes[DAMAGED_AT] ^= 1;
    fs::write(&file, bytes).expect("the object can be written");

    for node in &mut nodes {
        let refused = node.get(&path);
        assert_eq!(refused.status, 500, "{}", refused.text());
        let told: Value = refused.json();
        let message = told["errors"][0]["message"].as_str().unwrap_or_default();
        assert!(message.contains(&format!("Object {key} ")), "{told}");
    }
    let began = Instant::now();
    while nodes.iter_mut().any(|node| node.head(&path).status != 404) {
        assert!(began.elapsed() < KNOWN_WITHIN, "a push would still rely on the layer");
        thread::sleep(Duration::from_millis(100));
    }
    nodes[2].push_layer("web", &content);
    for node in &mut nodes {
        assert_eq!(node.head(&path).status, 200);
        assert!(node.get(&path).body == content, "it is whole again");
    }
    end(cluster);
}
