//! The keyring under a key of another service: each start asks for it, and does not start without.

use std::fs;
use std::time::{Duration, Instant};

use black_box::external_kms::ExternalKms;
use black_box::{
    AccessKey, Client, Process, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, call, registry_password,
};
use serde_json::{Value, json};

use super::{LAYER, PATIENCE};
use crate::{Place, address};

fn stop(mut process: Process) {
    process.terminate();
    let ended = process.await_end(Duration::from_secs(20));
    assert!(ended.is_some_and(|status| status.success()), "{}", process.stderr());
}

/// The keyring's file.
fn keyring(place: &Place) -> Value {
    let text = fs::read(place.data().join("keyring.json")).expect("it is there");
    serde_json::from_slice(&text).expect("it is JSON")
}

/// A server with these arguments, and a client of it.
fn serve(place: &Place, arguments: &[&str]) -> (Process, Client) {
    let root = [
        ("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY),
        ("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY),
    ];
    let mut process = place.serve(arguments, &root);
    let url = process.await_url();
    let address = address(&url);
    let created = json!({ "repositoryName": "web" });
    call(address, &AccessKey::root(), "CreateRepository", &created);
    (process, Client::logged_in(address, &registry_password(address)))
}

/// Pulls the layer from a server with these arguments.
fn pull(place: &Place, arguments: &[&str], digest: &str) {
    let (process, mut client) = serve(place, arguments);
    let pulled = client.get(&format!("/v2/web/blobs/{digest}"));
    assert_eq!(pulled.body, LAYER, "{}", pulled.text());
    stop(process);
}

#[test]
fn a_keyring_under_a_key_that_is_elsewhere_opens_with_it_alone() {
    let test = "a_keyring_under_a_key_that_is_elsewhere_opens_with_it_alone";
    let (Some(mut kms), place) = (ExternalKms::start(test), Place::new()) else { return };
    let key = kms.key();
    let services = kms.arguments();
    let services: Vec<&str> = services.iter().map(String::as_str).collect();
    let arguments = [&services[..], &["--keyring-kms-key", &key]].concat();

    let (process, mut client) = serve(&place, &arguments);
    let layer = client.push_layer("web", LAYER);
    stop(process);
    let written = keyring(&place);
    assert_eq!(written["kms"]["key"], key.as_str(), "{written}");
    assert_eq!(written["roots"], Value::Null, "nothing is in the clear");
    pull(&place, &arguments, &layer.digest);

    let data = place.data().display().to_string();
    let whole = |arguments: &[&str]| {
        let began = Instant::now();
        let refused = place.refused(&[&["--data", &data], arguments].concat(), &[]);
        assert!(began.elapsed() < PATIENCE * 2, "{:?}: {refused}", began.elapsed());
        refused
    };
    let refused = whole(&[]);
    assert!(refused.contains("name it with --keyring-kms-key"), "{refused}");
    assert!(refused.contains(&key), "{refused}");
    let other = kms.key();
    let refused = whole(&[&services[..], &["--keyring-kms-key", &other]].concat());
    assert!(refused.contains("not under the one that --keyring-kms-key names"), "{refused}");
    for mood in ["away", "slow", "strange", "unknown"] {
        kms.mood(mood);
        let refused = whole(&arguments);
        assert!(refused.contains("cannot open the keyring"), "{mood}: {refused}");
    }
    kms.mood("well");
    kms.call("DisableKey", &json!({ "KeyId": key }));
    let refused = whole(&arguments);
    assert!(refused.contains("is disabled."), "{refused}");
    kms.call("EnableKey", &json!({ "KeyId": key }));

    let copy = place.path().join("copy").display().to_string();
    let words = [("LONGSHORE_EXPORT_PASSPHRASE", "a passphrase for the copy")];
    let data = ["--data", &data];
    let export = [&["keyring", "export"], &data[..], &arguments, &["--to", &copy]].concat();
    let exported = place.run(&export, &words);
    assert!(exported.succeeded(), "{exported}");
    let under_key = place.data().join("keyring.json");
    let offered = place.path().join("offered").display().to_string();
    fs::rename(under_key, &offered).expect("it is there");
    let offer = [&["keyring", "import", &offered], &data[..], &arguments].concat();
    let refused = place.run(&offer, &words);
    assert!(!refused.succeeded() && refused.stderr.contains(&key), "{refused}");
    assert!(refused.stderr.contains("longshore keyring export"), "{refused}");
    let import = [&["keyring", "import", &copy], &data[..], &services];
    let imported =
        place.run(&[&import.concat()[..], &["--keyring-kms-key", &other]].concat(), &words);
    assert!(imported.succeeded(), "{imported}");
    assert_eq!(keyring(&place)["kms"]["key"], other.as_str(), "sealed under another key");
    let arguments = [&services[..], &["--keyring-kms-key", &other]].concat();
    pull(&place, &arguments, &layer.digest);
}
