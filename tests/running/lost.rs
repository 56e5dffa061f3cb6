//! Lost files of a data folder: the database, and the root user's key, as after a restore.

use std::fs;
use std::time::Duration;

use black_box::{Client, Process, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, call, registry_password};
use serde_json::json;

use crate::{ACCOUNT, Place, Variables, access_key, address};

const KEY: Variables<'_> = &[
    ("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY),
    ("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY),
];

/// Ends a server; returns the output of this one and of those before it.
fn end(mut server: Process) -> String {
    server.terminate();
    let ended = server.await_end(Duration::from_secs(20));
    assert!(ended.is_some_and(|status| status.success()), "{}", server.stderr());
    server.stderr()
}

/// Files of objects, on all shelves.
fn objects(place: &Place) -> usize {
    let shelves = fs::read_dir(place.data().join("objects")).expect("the folder has objects");
    let files = |shelf: fs::DirEntry| fs::read_dir(shelf.path()).map_or(0, Iterator::count);
    shelves.map(|shelf| files(shelf.expect("a folder can be listed"))).sum()
}

#[test]
fn no_layer_is_deleted_by_a_repair_after_the_database_was_lost() {
    let place = Place::new();
    let mut server = place.serve(&[], KEY);
    let url = server.await_url();
    let root = access_key(&place.root_key(ACCOUNT));
    let made = call(address(&url), &root, "CreateRepository", &json!({ "repositoryName": "web" }));
    assert_eq!(made.status, 200);
    let mut client = Client::logged_in(address(&url), &registry_password(address(&url)));
    // The digest of "a layer".
    let digest = "sha256:e28d98ac666afd34f089b971a663264d54d67a60ddc82996d48d8f3c204eb75f";
    let pushed = client.post(&format!("/v2/web/blobs/uploads/?digest={digest}"), "a layer");
    assert_eq!(pushed.status, 201, "{}", pushed.text());
    end(server);
    let before = objects(&place);
    assert!(before > 0);
    for file in ["longshore.sqlite", "longshore.sqlite-wal", "longshore.sqlite-shm"] {
        drop(fs::remove_file(place.data().join(file)));
    }

    for arguments in [&["fsck", "--data", "data"][..], &["fsck", "--data", "data", "--repair"]] {
        let refused = place.run(arguments, &[]);
        assert!(!refused.succeeded(), "{refused}");
        for part in ["longshore.sqlite is missing", "longshore fsck --rebuild"] {
            assert!(refused.stderr.contains(part), "{part} is not in\n{refused}");
        }
        assert!(!place.data().join("longshore.sqlite").exists(), "{refused}");
    }
    let mut server = place.serve(&[], KEY);
    server.await_url();
    let said = end(server);
    assert!(said.contains("the store has objects that it does not name"), "{said}");
    let refused = place.run(&["fsck", "--data", "data", "--repair"], &[]);
    assert!(refused.stderr.contains("--repair would delete every layer"), "{refused}");
    let found = place.run(&["fsck", "--data", "data"], &[]);
    assert!(found.stdout.contains("recreate its rows with --rebuild"), "{found}");
    assert_eq!(objects(&place), before);

    let rebuilt = place.run(&["fsck", "--data", "data", "--rebuild", "--repair"], &[]);
    assert!(rebuilt.stdout.contains("1 layers"), "{rebuilt}");
    assert_eq!(objects(&place), before, "{rebuilt}");
}

#[test]
fn a_folder_without_the_root_keys_file_says_how_to_get_in_and_makes_no_useless_key() {
    let place = Place::new();
    let mut server = place.serve(&[], &[]);
    server.await_url();
    let old = access_key(&place.root_key(ACCOUNT));
    end(server);
    let file = place.data().join(format!("root-access-key-{ACCOUNT}.json"));
    let copy = place.path().join("copy.json");
    fs::rename(&file, &copy).unwrap();

    let mut server = place.serve(&[], &[]);
    server.await_url();
    let said = end(server);
    assert!(!file.exists(), "{said}");
    assert!(said.contains("copy the file from the old folder"), "{said}");
    assert!(said.contains("There is no working root access key in"), "{said}");
    assert_eq!(said.matches("A new root access key").count(), 1, "by the first start: {said}");

    fs::copy(&copy, &file).unwrap();
    let mut server = place.serve(&[], &[]);
    let url = server.await_url();
    assert_eq!(call(address(&url), &old, "DescribeRegistry", &json!({})).status, 200);
    end(server);
    fs::remove_file(&file).unwrap();
    let mut server = place.serve(&[], KEY);
    let url = server.await_url();
    let new = access_key(&place.root_key(ACCOUNT));
    let status = |key| call(address(&url), key, "DescribeRegistry", &json!({})).status;
    assert_eq!((status(&new), status(&old)), (200, 400));
}
