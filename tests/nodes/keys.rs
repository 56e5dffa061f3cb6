//! A key that is taken away on one node is taken away on all of them within two seconds, whatever
//! they have in memory.

use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::Cluster;
use black_box::{AccessKey, Layer, Random, call_kms, digest_of, manifest_of};
use serde_json::{Value, json};

use crate::{asked, create_repository, end, three_nodes};

/// What we promise.
const AGREED_WITHIN: Duration = Duration::from_secs(2);

/// A job that waits for a key goes on within seconds after that.
const GOES_ON_WITHIN: Duration = Duration::from_secs(20);

/// What is encrypted again: enough that the change is under way when the key is disabled.
const LAYERS: usize = 32;
const LAYER_BYTES: usize = 500_000;

/// Calls an operation of KMS at a node as the root user, and asserts that it was done.
pub(crate) fn kms(address: &str, operation: &str, input: &Value) -> Value {
    let answer = call_kms(address, &AccessKey::root(), operation, input);
    assert_eq!(answer.status, 200, "{operation} {input}: {}", answer.text());
    if answer.text().is_empty() { Value::Null } else { answer.json() }
}

/// Reads the layer and the manifest at every node, until all answer with this status.
fn agree(cluster: &Cluster, what: &str, paths: &[String], status: u16) {
    let began = Instant::now();
    for mut node in cluster.clients() {
        for path in paths {
            loop {
                let asked = began.elapsed();
                let answer = node.get(path);
                if answer.status == status {
                    break;
                }
                let late = asked >= AGREED_WITHIN;
                assert!(!late, "{what}: {path} is answered {} after {asked:?}", answer.status);
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

/// How far the change of a repository's key is, as a node tells it.
fn rekey(cluster: &Cluster, more: &[&str]) -> Value {
    let told = cluster.longshore([&["rekey", "secret", "--json"], more].concat()).succeeds();
    let told: Value = serde_json::from_str(&told).expect("it prints JSON");
    told["Rekey"].clone()
}

/// Waits until the change is as `is_so` says.
fn await_rekey(cluster: &Cluster, what: &str, is_so: impl Fn(&Value) -> bool) {
    let began = Instant::now();
    loop {
        let told = rekey(cluster, &["--status"]);
        if is_so(&told) {
            return;
        }
        assert!(began.elapsed() < GOES_ON_WITHIN, "{what}: {told}");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_change_of_keys_tells_what_it_waits_for_and_goes_on_when_the_key_is_enabled() {
    let test = "a_change_of_keys_tells_what_it_waits_for_and_goes_on_when_the_key_is_enabled";
    let Some(cluster) = three_nodes(test) else { return };
    let addresses = cluster.addresses();
    let key = || {
        let made = kms(&addresses[0], "CreateKey", &json!({}));
        made["KeyMetadata"]["Arn"].as_str().expect("it is text").to_owned()
    };
    let (before, after) = (key(), key());
    let settings =
        json!({ "encryptionConfiguration": { "encryptionType": "KMS", "kmsKey": before } });
    create_repository(&cluster, "secret", &settings);
    let mut nodes = cluster.clients();
    let mut random = Random::new(48);
    let layers: Vec<Layer> =
        (0..LAYERS).map(|_| nodes[0].push_layer("secret", &random.bytes(LAYER_BYTES))).collect();
    let manifest = manifest_of(1, &layers[0], &layers[1..]);
    assert_eq!(nodes[1].put_manifest("secret", "v1", &manifest).status, 201);
    rekey(&cluster, &["--to", &after]);
    kms(&addresses[0], "DisableKey", &json!({ "KeyId": before }));
    let because = format!("{before} is disabled.");
    await_rekey(&cluster, "it waits", |told| told["WaitingBecause"] == because.as_str());
    let told = cluster.longshore(["rekey", "secret", "--status"]).succeeds();
    assert!(told.contains(&format!("; waiting: {because}")), "{told}");
    let listed = ["jobs", "list", "--name", "rekey_repository", "--status", "waiting"];
    let listed: Value =
        serde_json::from_str(&cluster.longshore(listed).succeeds()).expect("it prints JSON");
    assert_eq!(listed["Jobs"][0]["WaitingBecause"], because.as_str(), "{listed}");
    kms(&addresses[1], "EnableKey", &json!({ "KeyId": before }));
    await_rekey(&cluster, "it goes on", |told| told["Status"] == "DONE");
    kms(&addresses[2], "DisableKey", &json!({ "KeyId": before }));
    let paths: Vec<String> =
        layers.iter().map(|layer| format!("/v2/secret/blobs/{}", layer.digest)).collect();
    agree(&cluster, "it needs the key before no more", &paths, 200);
    // Each node remembers which key its last push needed.
    for (number, node) in nodes.iter_mut().enumerate() {
        node.push_layer("secret", format!("of node {number}").as_bytes());
        let tag = format!("of-{number}");
        assert_eq!(node.put_manifest("secret", &tag, &manifest).status, 201);
    }
    let repository = json!({ "repositoryName": "secret", "force": true });
    asked(&addresses[1], "DeleteRepository", &repository);
    end(cluster);
}

#[test]
fn a_key_that_is_taken_away_is_gone_on_every_node_within_two_seconds() {
    let test = "a_key_that_is_taken_away_is_gone_on_every_node_within_two_seconds";
    let Some(cluster) = three_nodes(test) else { return };
    let addresses = cluster.addresses();
    let made = kms(&addresses[0], "CreateKey", &json!({}));
    let key = made["KeyMetadata"]["KeyId"].as_str().expect("it is text").to_owned();
    let named = json!({ "KeyId": key });
    let settings = json!({ "encryptionConfiguration": { "encryptionType": "KMS", "kmsKey": key } });
    create_repository(&cluster, "secret", &settings);
    let mut nodes = cluster.clients();
    let config = nodes[0].push_layer("secret", b"{}");
    let manifest = manifest_of(1, &config, &[]);
    assert_eq!(nodes[1].put_manifest("secret", "v1", &manifest).status, 201);
    let paths =
        ["/v2/secret/manifests/v1".to_owned(), format!("/v2/secret/blobs/{}", digest_of(b"{}"))];
    agree(&cluster, "it can be pulled", &paths, 200);
    for round in 0..3 {
        kms(&addresses[round], "DisableKey", &named);
        agree(&cluster, "the key is disabled", &paths, 403);
        kms(&addresses[(round + 1) % 3], "EnableKey", &named);
        agree(&cluster, "the key is enabled", &paths, 200);
    }
    let grants = kms(&addresses[2], "ListGrants", &named);
    for grant in grants["Grants"].as_array().expect("they are a list") {
        let revoked = json!({ "KeyId": key, "GrantId": grant["GrantId"] });
        kms(&addresses[2], "RevokeGrant", &revoked);
    }
    agree(&cluster, "the grants are revoked", &paths, 403);
    let constraints = &grants["Grants"][0]["Constraints"];
    let restored = json!({
        "KeyId": key, "GranteePrincipal": "ecr.us-east-1.amazonaws.com",
        "Operations": ["Decrypt", "GenerateDataKey"], "Constraints": constraints,
    });
    kms(&addresses[1], "CreateGrant", &restored);
    agree(&cluster, "an equal grant is there", &paths, 200);
    kms(&addresses[0], "ScheduleKeyDeletion", &json!({ "KeyId": key, "PendingWindowInDays": 7 }));
    agree(&cluster, "the key waits for its deletion", &paths, 403);
    let repository = json!({ "repositoryName": "secret", "force": true });
    asked(&addresses[1], "DeleteRepository", &repository);
    end(cluster);
}
