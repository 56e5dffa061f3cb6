//! Kill -9 while everything in a repository is encrypted again under another key: everything can be
//! read at any time, and in the end without the key before.

use std::thread;
use std::time::{Duration, Instant};

use black_box::{AccessKey, Client, Random, Server, call_kms, manifest_of};
use serde_json::{Value, json};

use crate::seed_of_today;

const REPOSITORY: &str = "crash/rekeyed";

const LAYERS: usize = 48;

/// Of each layer: enough that the change is under way when the server dies.
const LAYER_BYTES: usize = 700_000;

/// A while for a slow machine, and less than the lease of the run that died: the server knows that
/// no other process has the job.
const PATIENCE: Duration = Duration::from_mins(4);

fn kms(server: &Server, operation: &str, input: &Value) -> Value {
    let answer = call_kms(server.address(), &AccessKey::root(), operation, input);
    assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
    if answer.text().is_empty() { Value::Null } else { answer.json() }
}

fn key(server: &Server) -> String {
    let made = kms(server, "CreateKey", &json!({}));
    made["KeyMetadata"]["KeyId"].as_str().expect("it is text").to_owned()
}

/// Everything that was pushed, and the paths that it is read at.
fn push(client: &mut Client) -> Vec<(String, Vec<u8>)> {
    let config = client.push_layer(REPOSITORY, b"{}");
    let (mut pushed, mut random) = (Vec::new(), Random::new(48));
    for number in 0..LAYERS {
        let content = random.bytes(LAYER_BYTES);
        let layer = client.push_layer(REPOSITORY, &content);
        pushed.push((format!("/v2/{REPOSITORY}/blobs/{}", layer.digest), content));
        let manifest = manifest_of(number as u64, &config, &[layer]);
        let tag = format!("v{number}");
        assert_eq!(client.put_manifest(REPOSITORY, &tag, &manifest).status, 201);
        pushed.push((format!("/v2/{REPOSITORY}/manifests/{tag}"), manifest));
    }
    pushed
}

fn verify(server: &Server, password: &str, pushed: &[(String, Vec<u8>)]) {
    let mut client = Client::logged_in(server.address(), password);
    for (path, content) in pushed {
        let answer = client.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert!(answer.body == *content, "{path} has other bytes");
    }
}

fn status(server: &Server) -> Value {
    let told = server.longshore(["rekey", REPOSITORY, "--status", "--json"]).succeeds();
    let told: Value = serde_json::from_str(&told).expect("it prints JSON");
    told["Rekey"].clone()
}

#[test]
fn a_change_of_keys_is_not_lost_to_kill_9() {
    let mut server = Server::start();
    let (before, after) = (key(&server), key(&server));
    let settings = json!({
        "repositoryName": REPOSITORY,
        "encryptionConfiguration": { "encryptionType": "KMS", "kmsKey": before },
    });
    server.call("CreateRepository", &settings);
    let password = server.password().to_owned();
    let pushed = push(&mut server.client());
    server.longshore(["rekey", REPOSITORY, "--to", &after]).succeeds();
    thread::sleep(Duration::from_millis(seed_of_today() % 1_000));
    for _ in 0..3 {
        server.kill();
        server.start_again();
        verify(&server, &password, &pushed);
    }
    let began = Instant::now();
    loop {
        let told = status(&server);
        if told["Status"] == "DONE" {
            eprintln!("crash: the key was changed {:?} after the last death", began.elapsed());
            break;
        }
        assert!(began.elapsed() < PATIENCE, "the change does not end: {told}");
        thread::sleep(Duration::from_millis(500));
    }
    verify(&server, &password, &pushed);
    assert_eq!(kms(&server, "ListGrants", &json!({ "KeyId": before }))["Grants"], json!([]));
    kms(&server, "DisableKey", &json!({ "KeyId": before }));
    verify(&server, &password, &pushed);
    server.kill();
    let checked = server.longshore(["fsck", "--digests"]).run();
    assert!(checked.found_nothing_wrong(), "{checked}");
    server.start_again();
    verify(&server, &password, &pushed);
    kms(&server, "DisableKey", &json!({ "KeyId": after }));
    let refused = Client::logged_in(server.address(), &password).get(&pushed[0].0);
    assert_eq!(refused.status, 403, "{}", refused.text());
    kms(&server, "EnableKey", &json!({ "KeyId": after }));
}
