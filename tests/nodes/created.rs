//! Pushes that find no repository: one of them creates it, whatever their nodes.

use std::thread;

use black_box::cluster::Cluster;
use black_box::{MANIFEST, Request, digest_of, manifest_of};
use serde_json::{Value, json};

use crate::agreement::iam;
use crate::keys::kms;
use crate::races::{at_once, statuses};
use crate::{asked, end, three_nodes};

/// Times that the race is run.
const RACES: u64 = 15;

fn put_template(cluster: &Cluster, settings: &Value) {
    let mut input = json!({ "prefix": "made", "appliedFor": ["CREATE_ON_PUSH"] });
    let members = settings.as_object().expect("settings are members").clone();
    input.as_object_mut().expect("it is one").extend(members);
    asked(&cluster.addresses()[0], "CreateRepositoryCreationTemplate", &input);
}

#[test]
fn pushes_that_come_together_create_a_repository_once() {
    let test = "pushes_that_come_together_create_a_repository_once";
    let Some(cluster) = three_nodes(test) else { return };
    let settings = json!({ "imageTagMutability": "IMMUTABLE", "lifecyclePolicy": policy() });
    put_template(&cluster, &settings);
    let mut nodes = cluster.clients();
    for race in 0..RACES {
        let name = format!("made/{race}");
        let layer = format!("the layer of {name}").into_bytes();
        let digest = digest_of(&layer);
        let path = format!("/v2/{name}/blobs/uploads/?digest={digest}");
        let requests = (0..3).map(|_| Request::new("POST", &path).body(layer.clone())).collect();
        let answers = at_once(&mut nodes, requests);
        assert_eq!(statuses(&answers), [201, 201, 201]);
        let config = nodes[0].push_layer(&name, b"{}");
        let manifests = [1, 2, 3].map(|number| manifest_of(race * 3 + number, &config, &[]));
        let put = |manifest: &Vec<u8>| {
            Request::new("PUT", &format!("/v2/{name}/manifests/v1"))
                .header("content-type", MANIFEST)
                .body(manifest.clone())
        };
        let answers = at_once(&mut nodes, manifests.iter().map(put).collect());
        assert_eq!(statuses(&answers), [201, 400, 400], "the first tag is immutable everywhere");
        for node in &mut nodes {
            assert_eq!(node.get(&format!("/v2/{name}/blobs/{digest}")).body, layer);
        }
    }
    let made = cluster
        .database()
        .sql("SELECT count(*), count(DISTINCT name) FROM repository WHERE name LIKE 'made/%'");
    assert_eq!(made, format!("{RACES}|{RACES}"));
    let policies = cluster.database().sql("SELECT count(*) FROM lifecycle_policy");
    assert_eq!(policies, RACES.to_string());
    let due = "SELECT count(DISTINCT subject) FROM job WHERE name = 'apply_lifecycle_policy'";
    assert_eq!(cluster.database().sql(due), RACES.to_string());
    end(cluster);
}

fn policy() -> String {
    let rule = json!({
        "rulePriority": 1,
        "description": "Keep the ten newest images of the repository",
        "selection": { "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10 },
        "action": { "type": "expire" },
    });
    json!({ "rules": [rule] }).to_string()
}

#[test]
fn a_repository_under_a_key_of_a_template_is_used_at_every_node_at_once() {
    let test = "a_repository_under_a_key_of_a_template_is_used_at_every_node_at_once";
    let Some(cluster) = three_nodes(test) else { return };
    let address = cluster.addresses()[0].clone();
    let key = kms(&address, "CreateKey", &json!({}));
    let key = key["KeyMetadata"]["Arn"].as_str().expect("a key has an ARN").to_owned();
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecr.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    let rights = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:*","kms:*"],"Resource":"*"}]}"#;
    let role = iam(
        &cluster,
        &["create-role", "--role-name", "maker", "--assume-role-policy-document", trust],
    );
    assert!(role.contains("role/maker"), "{role}");
    iam(
        &cluster,
        &[
            "put-role-policy",
            "--role-name",
            "maker",
            "--policy-name",
            "all",
            "--policy-document",
            rights,
        ],
    );
    put_template(
        &cluster,
        &json!({
            "encryptionConfiguration": { "encryptionType": "KMS", "kmsKey": key },
            "customRoleArn": "arn:aws:iam::123456789012:role/maker",
        }),
    );
    let mut nodes = cluster.clients();
    let layer = nodes[0].push_layer("made/secret", b"under the key");
    for node in &mut nodes {
        let found = node.get(&format!("/v2/made/secret/blobs/{}", layer.digest));
        assert_eq!((found.status, &*found.body), (200, &b"under the key"[..]));
    }
    thread::scope(|scope| {
        for (number, node) in nodes.iter_mut().enumerate() {
            scope.spawn(move || node.push_layer("made/secret", format!("of {number}").as_bytes()));
        }
    });
    let keys = "SELECT count(*) FROM blob WHERE encryption_key LIKE 'arn:aws:kms:%'";
    assert_eq!(cluster.database().sql(keys), "4");
    end(cluster);
}
