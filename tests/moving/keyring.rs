//! `longshore keyring`: root keys that are rotated while the server is killed, taken out, exported
//! and imported.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::Stores;
use black_box::{Ended, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Random, skipped};
use serde_json::Value;
use tempfile::TempDir;

use crate::content::{Content, create_repositories};
use crate::place::{Running, below, empty_cluster, random, run};

/// A rotation takes ten seconds so that all nodes hear of it. A job that was killed begins again
/// when its lease is over, after five minutes.
const PATIENCE: Duration = Duration::from_mins(7);

const PASSPHRASE: &str = "correct horse battery staple";

/// Runs `longshore keyring` against a server, as its root user.
fn keyring(home: &Path, server: &Running, arguments: &[&str]) -> Ended {
    let variables = [
        ("AWS_ENDPOINT_URL", format!("http://{}", server.address())),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY.to_owned()),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value));
    run(home, &[&["keyring"][..], arguments].concat(), &variables)
}

fn answer(ended: &Ended) -> Value {
    assert!(ended.succeeded(), "{ended}");
    serde_json::from_str(&ended.stdout).expect("it prints JSON")
}

fn status(home: &Path, server: &Running) -> Value {
    answer(&keyring(home, server, &["status"]))
}

/// Waits until a rotation is complete; returns the root keys.
fn await_rotation(home: &Path, server: &Running) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let status = status(home, server);
        if status["Resealing"]["State"] == "COMPLETED" {
            return status["RootKeys"].as_array().expect("a list").clone();
        }
        assert!(begun.elapsed() < PATIENCE, "the rotation does not end: {status}");
        thread::sleep(Duration::from_millis(250));
    }
}

/// Lets a rotation run, and kills the server again and again meanwhile. `start` starts it.
fn rotate_killed(home: &Path, random: &mut Random, start: &dyn Fn() -> Running) -> Running {
    let mut server = start();
    let rotated = answer(&keyring(home, &server, &["rotate"]));
    assert_ne!(rotated["FromRootKeyId"], rotated["ToRootKeyId"]);
    for round in 0..12 {
        // The first ones while it seals, the others while it waits for all nodes.
        let most = if round < 6 { 40 } else { 1_500 };
        let life = Duration::from_millis(random.between(1, most) as u64);
        thread::sleep(life);
        server.kill();
        server = start();
        assert_eq!(status(home, &server)["RootKeys"][0]["State"], "RETIRED");
    }
    server
}

#[test]
fn a_rotation_outlives_kills_and_the_old_root_key_is_taken_out() {
    let (mut random, mut content) = (random(), Content::default());
    let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let home = home.path();
    let (data_path, data) = below(home, "data");
    let start = || Running::start(&home.join("server"), &["--data", &data], &[]);
    let server = start();
    create_repositories(server.address());
    content.push(&mut server.client(), 4, &mut random);
    let password = server.password();
    server.stop();

    let server = rotate_killed(home, &mut random, &start);
    content.push(&mut server.client(), 2, &mut random);
    let roots = await_rotation(home, &server);
    let [old, new] = &roots[..] else { panic!("{roots:?}") };
    assert_eq!((&old["IsHandedDown"], &new["State"]), (&true.into(), &"CURRENT".into()));
    assert!(old["NeededBecause"].is_null() && new["NeededBecause"].is_string(), "{roots:?}");
    assert!(old["WrappedDataKeys"].as_u64() > Some(0) && old["SealedSecrets"] == 0, "{roots:?}");
    let (old, new) = (id(old), id(new));
    let refused = keyring(home, &server, &["remove", &new]);
    assert!(refused.stderr.contains("cannot be removed"), "{refused}");
    answer(&keyring(home, &server, &["remove", &old]));
    let file = fs::read_to_string(data_path.join("keyring.json")).expect("it is there");
    assert!(file.contains(&new) && !file.contains(&old), "it is out of the file");

    server.stop();
    let server = start();
    content.assert_all_there(&mut server.client());
    content.assert_all_there(&mut black_box::Client::logged_in(server.address(), &password));
    backs_up_under_the_new_root_key(home, &data, &content);
    server.stop();
    let fsck = run(home, &["fsck", "--digests", "--data", &data], &[]);
    assert!(fsck.succeeded(), "{fsck}");
    rebuilds_under_the_new_root_key(home, &data_path, &content);
}

fn id(root_key: &Value) -> String {
    root_key["RootKeyId"].as_str().expect("it is text").to_owned()
}

/// A backup needs nothing but the keyring as it is now.
fn backs_up_under_the_new_root_key(home: &Path, data: &str, content: &Content) {
    let (_, backups) = below(home, "backups");
    let made = run(home, &["backup", "--data", data, "--to", &backups], &[]);
    assert!(made.succeeded(), "{made}");
    let (_, restored) = below(home, "restored");
    let keyring = format!("{data}/keyring.json");
    let arguments = ["restore", "--from", &backups, "--data", &restored, "--keyring", &keyring];
    let ended = run(home, &arguments, &[]);
    assert!(ended.succeeded(), "{ended}");
    let server = Running::start(&home.join("restored-log"), &["--data", &restored], &[]);
    content.assert_all_there(&mut server.client());
    server.stop();
    let fsck = run(home, &["fsck", "--digests", "--data", &restored], &[]);
    assert!(fsck.succeeded(), "{fsck}");
}

/// Objects say enough, together with the keyring as it is now and what is beside them.
fn rebuilds_under_the_new_root_key(home: &Path, data: &Path, content: &Content) {
    for name in ["longshore.sqlite", "longshore.sqlite-wal", "longshore.sqlite-shm"] {
        let _ = fs::remove_file(data.join(name));
    }
    let data = data.display().to_string();
    let rebuilt = run(home, &["fsck", "--rebuild", "--data", &data], &[]);
    assert!(rebuilt.succeeded() && rebuilt.stderr.contains("1 former root keys"), "{rebuilt}");
    let server = Running::start(&home.join("rebuilt-log"), &["--data", &data], &[]);
    content.assert_all_there(&mut server.client());
    server.stop();
}

#[test]
fn a_rotation_of_nodes_outlives_kills() {
    let Ok(stores) = Stores::shared() else {
        return skipped("a_rotation_of_nodes_outlives_kills", "no stores");
    };
    let (mut random, mut content) = (random(), Content::default());
    let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let home = home.path();
    let (old, new) = ("01".repeat(31) + "02", "03".repeat(31) + "04");
    let place = empty_cluster(&stores);
    let with = |secret: String| {
        let secret = ("LONGSHORE_KEYRING_SECRET".to_owned(), secret);
        place.iter().cloned().chain([secret]).collect::<Vec<_>>()
    };
    let start = |secret: String| Running::start(&home.join("node"), &[], &with(secret));
    let server = start(old.clone());
    create_repositories(server.address());
    content.push(&mut server.client(), 3, &mut random);
    let refused = keyring(home, &server, &["rotate"]);
    assert!(refused.stderr.contains("holds no new root key"), "{refused}");
    server.stop();

    let both = format!("{old},{new}");
    let server = rotate_killed(home, &mut random, &|| start(both.clone()));
    let roots = await_rotation(home, &server);
    let refused = keyring(home, &server, &["remove", &id(&roots[0])]);
    assert!(refused.stderr.contains("Nothing needs the root key"), "{refused}");
    content.push(&mut server.client(), 2, &mut random);
    server.stop();

    let server = start(new.clone());
    content.assert_all_there(&mut server.client());
    server.stop();
    let fsck = run(home, &["fsck", "--digests"], &with(new));
    assert!(fsck.succeeded(), "{fsck}");
    let refused = Running::try_start(&home.join("stale"), &[], &with(old));
    let why = refused.err().expect("a node with the old root key alone does not start");
    assert!(why.contains("another keyring"), "{why}");
}

#[test]
fn a_keyring_is_exported_and_imported_under_a_passphrase() {
    let (mut random, mut content) = (random(), Content::default());
    let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let home = home.path();
    let (data_path, data) = below(home, "data");
    let words = ("LONGSHORE_EXPORT_PASSPHRASE".to_owned(), PASSPHRASE.to_owned());
    let start = |variables: &[(String, String)]| {
        Running::start(&home.join("server"), &["--data", &data], variables)
    };
    let server = start(&[]);
    create_repositories(server.address());
    content.push(&mut server.client(), 2, &mut random);
    server.stop();

    let (copy_path, copy) = below(home, "copy");
    let export = ["keyring", "export", "--data", &data, "--to", &copy];
    let refused = run(home, &export, &[]);
    assert!(refused.stderr.contains("--passphrase-file"), "{refused}");
    let short = ("LONGSHORE_EXPORT_PASSPHRASE".to_owned(), "short".to_owned());
    let refused = run(home, &export, &[short]);
    assert!(refused.stderr.contains("at least 12 characters"), "{refused}");
    let exported = run(home, &export, std::slice::from_ref(&words));
    assert!(exported.succeeded() && exported.stdout.is_empty(), "{exported}");
    crate::private::assert_private(&copy_path);
    let refused = run(home, &export, std::slice::from_ref(&words));
    assert!(refused.stderr.contains("already exists"), "{refused}");
    let (_, nowhere) = below(home, "nowhere");
    let refused = run(
        home,
        &["keyring", "export", "--data", &nowhere, "--to", "never"],
        std::slice::from_ref(&words),
    );
    for name in ["--data", "--keyring", "LONGSHORE_KEYRING_SECRET"] {
        assert!(refused.stderr.contains(name), "{refused}");
    }

    let plain = fs::read(data_path.join("keyring.json")).expect("it is there");
    fs::remove_file(data_path.join("keyring.json")).expect("it was there");
    refuses_what_is_no_keyring_of_the_folder(home, &data, &copy_path, &plain);
    let import = ["keyring", "import", &copy, "--data", &data];
    let refused = run(home, &import, &[]);
    for name in [&copy, "--passphrase-file", "LONGSHORE_EXPORT_PASSPHRASE"] {
        assert!(refused.stderr.contains(name), "{refused}");
    }
    assert!(!refused.stderr.contains("KEYRING_PASSPHRASE"), "{refused}");
    let sealing = ("LONGSHORE_KEYRING_PASSPHRASE".to_owned(), "another good passphrase".to_owned());
    let imported = run(home, &import, &[words.clone(), sealing.clone()]);
    assert!(imported.succeeded(), "{imported}");
    let refused = run(home, &import, std::slice::from_ref(&words));
    assert!(refused.stderr.contains("keyring.json already exists"), "{refused}");
    let again = ["keyring", "export", "--data", &data, "--to", "never"];
    let refused = run(home, &again, &[words]);
    for name in ["LONGSHORE_KEYRING_PASSPHRASE", "--keyring-passphrase-file"] {
        assert!(refused.stderr.contains(name), "{refused}");
    }
    let file = fs::read_to_string(data_path.join("keyring.json")).expect("it is there");
    assert!(file.contains("argon2id"), "it is sealed");

    let refused = Running::try_start(&home.join("server"), &["--data", &data], &[]);
    let why = refused.err().expect("without the passphrase nothing starts");
    assert!(why.contains("LONGSHORE_KEYRING_PASSPHRASE"), "{why}");
    let server = start(&[sealing]);
    content.assert_all_there(&mut server.client());
    server.stop();
}

fn refuses_what_is_no_keyring_of_the_folder(home: &Path, data: &str, copy: &Path, plain: &[u8]) {
    use std::os::unix::fs::PermissionsExt as _;
    let copied = fs::read(copy).expect("it was exported");
    let foreign = format!(
        r#"{{"version":1,"roots":[{{"id":"01020304","key":"{}"}}]}}"#,
        "A".repeat(43) + "="
    );
    #[rustfmt::skip]
    let cases: [(&[u8], u32, &str, &str); 6] = [
        (&copied,                     0o600, "a wrong passphrase",  "the passphrase is wrong"),
        (&copied[..copied.len() / 2], 0o600, PASSPHRASE,            "it is not a keyring"),
        (&copied,                     0o644, PASSPHRASE,            "run `chmod 600"),
        (plain,                       0o604, PASSPHRASE,            "run `chmod 600"),
        (foreign.as_bytes(),          0o600, PASSPHRASE,            "another keyring"),
        (b"",                         0o600, PASSPHRASE,            "64 hexadecimal digits"),
    ];
    for (bytes, mode, words, because) in cases {
        let file = home.join("offered");
        fs::write(&file, bytes).expect("there is room");
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("it is ours");
        let offered = file.display().to_string();
        let words = ("LONGSHORE_EXPORT_PASSPHRASE".to_owned(), words.to_owned());
        let refused = run(home, &["keyring", "import", &offered, "--data", data], &[words]);
        assert!(!refused.succeeded() && refused.stderr.contains(because), "{because}: {refused}");
        assert!(!Path::new(data).join("keyring.json").exists(), "{because}: nothing is written");
    }
}
