//! Repositories under KMS keys move with their keys: into backups, out of them, and to nodes. At
//! the new place their keys decide about them as before.

use std::fs;
use std::path::Path;

use black_box::cluster::Stores;
use black_box::{AccessKey, Layer, call, call_kms, manifest_of, skipped};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::place::{Running, below, empty_cluster, run};

const LAYER: &[u8] = b"a layer that its owner can take back";

/// A repository under a key, with an image in it.
struct Pushed {
    key: String,
    layer: Layer,
    manifest: Vec<u8>,
}

fn kms(server: &Running, operation: &str, input: &Value) -> Value {
    let answer = call_kms(server.address(), &AccessKey::root(), operation, input);
    assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
    serde_json::from_str(&answer.text()).unwrap_or_default()
}

impl Pushed {
    fn to(server: &Running) -> Self {
        let made = kms(server, "CreateKey", &json!({}));
        let key = made["KeyMetadata"]["KeyId"].as_str().expect("it is text").to_owned();
        let encryption = json!({ "encryptionType": "KMS", "kmsKey": key });
        let wanted = json!({ "repositoryName": "secret", "encryptionConfiguration": encryption });
        let created = call(server.address(), &AccessKey::root(), "CreateRepository", &wanted);
        assert_eq!(created.status, 200, "{}", created.text());
        let mut client = server.client();
        let layer = client.push_layer("secret", LAYER);
        let manifest = manifest_of(1, &layer, &[]);
        assert_eq!(client.put_manifest("secret", "v1", &manifest).status, 201);
        Self { key, layer, manifest }
    }

    fn set_enabled(&self, server: &Running, is_enabled: bool) {
        let operation = if is_enabled { "EnableKey" } else { "DisableKey" };
        kms(server, operation, &json!({ "KeyId": self.key }));
    }

    fn is_there(&self, server: &Running) {
        let mut client = server.client();
        let layer = client.get(&format!("/v2/secret/blobs/{}", self.layer.digest));
        assert_eq!((layer.status, layer.body.as_slice()), (200, LAYER), "{}", layer.text());
        let manifest = client.get("/v2/secret/manifests/v1");
        assert_eq!((manifest.status, &manifest.body), (200, &self.manifest));
    }

    fn is_refused(&self, server: &Running) {
        let mut client = server.client();
        for path in [&format!("blobs/{}", self.layer.digest), "manifests/v1"] {
            let refused = client.get(&format!("/v2/secret/{path}"));
            assert_eq!(refused.status, 403, "{path}: {}", refused.text());
            assert!(refused.text().contains("is disabled."), "{}", refused.text());
        }
    }
}

/// Backs up, restores into another folder, and starts a server there.
fn moved(home: &Path, data: &str, keyring: &str, name: &str) -> (Running, String) {
    let (_, place) = below(home, "backups");
    let made = run(home, &["backup", "--data", data, "--to", &place], &[]);
    assert!(made.succeeded(), "{made}");
    let is_told = made.stderr.contains("not checked: ") && made.stderr.contains("is disabled.");
    assert_eq!(is_told, name == "disabled", "{made}");
    let (_, to) = below(home, name);
    let restore = ["restore", "--from", &place, "--data", &to, "--keyring", keyring];
    let restored = run(home, &restore, &[]);
    assert!(restored.succeeded(), "{restored}");
    let arguments = ["--data", &to, "--keyring", keyring];
    (Running::start(&home.join(format!("{name}-log")), &arguments, &[]), to)
}

#[test]
fn a_backup_holds_what_is_under_a_key() {
    let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (_, data) = below(folder.path(), "data");
    let (_, keyring) = below(folder.path(), "keyring.json");
    let server = Running::start(&folder.path().join("server"), &["--data", &data], &[]);
    fs::copy(format!("{data}/keyring.json"), &keyring).expect("the keyring is there");
    let pushed = Pushed::to(&server);

    let (restored, to) = moved(folder.path(), &data, &keyring, "enabled");
    pushed.is_there(&restored);
    pushed.set_enabled(&restored, false);
    pushed.is_refused(&restored);
    pushed.is_there(&server);
    pushed.set_enabled(&restored, true);
    restored.stop();
    let fsck = ["fsck", "--digests", "--data", &to, "--keyring", &keyring];
    let fsck = run(folder.path(), &fsck, &[]);
    assert!(fsck.succeeded() && fsck.stdout.contains(" 0 errors, 0 notes"), "{fsck}");
    server.stop();
}

#[test]
fn what_a_disabled_key_closes_is_backed_up_and_restored_nevertheless() {
    let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (_, data) = below(folder.path(), "data");
    let (_, keyring) = below(folder.path(), "keyring.json");
    let server = Running::start(&folder.path().join("server"), &["--data", &data], &[]);
    fs::copy(format!("{data}/keyring.json"), &keyring).expect("the keyring is there");
    let pushed = Pushed::to(&server);
    pushed.set_enabled(&server, false);

    let (restored, _) = moved(folder.path(), &data, &keyring, "disabled");
    pushed.is_refused(&restored);
    pushed.set_enabled(&restored, true);
    pushed.is_there(&restored);
    pushed.is_refused(&server);
    restored.stop();
    server.stop();
    // A check says that it could not look at what is closed.
    let fsck = run(folder.path(), &["fsck", "--digests", "--data", &data], &[]);
    let last = fsck.stdout.lines().last().unwrap_or_default();
    assert!(last.ends_with(" objects were not checked: their KMS keys cannot be used"), "{fsck}");
    assert_eq!(fsck.code(), Some(3), "{fsck}");
}

#[test]
fn a_migration_takes_along_what_is_under_a_key() {
    let stores = match Stores::shared() {
        Ok(stores) => stores,
        Err(why) => return skipped("migration", &why),
    };
    let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (_, data) = below(folder.path(), "data");
    let (_, keyring) = below(folder.path(), "data/keyring.json");
    let server = Running::start(&folder.path().join("server"), &["--data", &data], &[]);
    let pushed = Pushed::to(&server);
    pushed.set_enabled(&server, false);
    server.stop();

    let target = empty_cluster(&stores);
    let migrated = run(folder.path(), &["migrate", "--data", &data], &target);
    assert!(migrated.succeeded(), "{migrated}");
    let nodes = ["one", "two"]
        .map(|name| Running::start(&folder.path().join(name), &["--keyring", &keyring], &target));
    pushed.is_refused(&nodes[1]);
    pushed.set_enabled(&nodes[0], true);
    for node in &nodes {
        pushed.is_there(node);
    }
    pushed.set_enabled(&nodes[0], false);
    pushed.is_refused(&nodes[0]);
    pushed.set_enabled(&nodes[0], true);
    nodes.into_iter().for_each(Running::stop);
    let fsck = run(folder.path(), &["fsck", "--digests", "--keyring", &keyring], &target);
    assert!(fsck.succeeded() && fsck.stdout.contains(" 0 errors, 0 notes"), "{fsck}");
}
