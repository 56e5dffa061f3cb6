//! A key that is taken away on one node is taken away on all of them within two seconds, whatever
//! they have in memory.

use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::Cluster;
use black_box::{AccessKey, call_kms, digest_of, manifest_of};
use serde_json::{Value, json};

use crate::{asked, create_repository, end, three_nodes};

/// What we promise.
const AGREED_WITHIN: Duration = Duration::from_secs(2);

/// Calls an operation of KMS at a node as the root user, and asserts that it was done.
fn kms(address: &str, operation: &str, input: &Value) -> Value {
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
