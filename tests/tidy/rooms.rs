//! What stays in its room.

use std::fs;

use black_box::root;

use crate::arrows::ARROWS;
use crate::report::report;
use crate::source::{is_comment, sources};

#[test]
fn sql_and_drivers_stay_in_db() {
    let mut wrong = Vec::new();
    for source in sources() {
        let is_home = source.path.starts_with("crates/db/") || source.path.starts_with("tests/");
        if is_home || source.path.starts_with("bench/") {
            continue;
        }
        for word in
            ["SELECT ", "INSERT INTO", "DELETE FROM", "UPDATE SET", "rusqlite", "tokio_postgres"]
        {
            if source.code.lines().any(|line| !is_comment(line) && line.contains(word)) {
                wrong.push(format!("{}: {word}", source.path));
            }
        }
    }
    report("SQL outside db", &wrong);
}

#[test]
fn wire_and_http_never_reach_iam_kms_or_operations() {
    let mut wrong = Vec::new();
    for source in sources() {
        let rooms = ["crates/iam/src/", "crates/kms/src/", "crates/operations/src/"];
        if !rooms.iter().any(|room| source.path.starts_with(room)) {
            continue;
        }
        for word in ["use wire", "use http", "use hyper", "use identity", "use server"] {
            if source.code.contains(word) {
                wrong.push(format!("{}: {word}", source.path));
            }
        }
    }
    report("a protocol behind the doors", &wrong);
}

/// A route that read a body past `intake` would read it without room in memory, without a floor,
/// and without hearing its end.
#[test]
fn request_bodies_are_read_in_one_place() {
    let may = ["crates/server/src/intake/", "crates/server/src/listen.rs"];
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("crates/server/")) {
        let is_home = may.iter().any(|home| source.path.starts_with(home));
        for word in ["hyper::body", "Incoming", "BodyExt"] {
            let is_named = source.code.lines().any(|line| !is_comment(line) && line.contains(word));
            if is_named && !is_home {
                wrong.push(format!("{}: {word}", source.path));
            }
        }
    }
    report("bodies that are not taken in by intake", &wrong);
}

#[test]
fn the_doors_of_rooms_state_their_contract() {
    let mut wrong = Vec::new();
    for (room, _) in ARROWS {
        let path = root().join("crates").join(room).join("src/lib.rs");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for heading in ["//! # Invariants", "//! # Who calls"] {
            if !text.contains(heading) {
                wrong.push(format!("crates/{room}/src/lib.rs: {heading}"));
            }
        }
    }
    report("contracts that are not stated", &wrong);
}

/// A rotation of the root key seals again what `keys::SealedAs` names. A value of the rows that is
/// sealed in another way would be forgotten.
#[test]
fn what_is_sealed_in_rows_is_sealed_again_after_a_rotation() {
    let may = ["crates/keys/", "crates/operations/src/backup/", "fuzz/", "tests/"];
    let mut wrong = Vec::new();
    for source in sources() {
        let is_home =
            may.iter().any(|home| source.path.starts_with(home)) || source.path.contains("/tests/");
        if !is_home && source.code.contains("keyring.seal(") {
            wrong.push(source.path.clone());
        }
    }
    report("`keyring.seal` where `keyring.seal_as` belongs", &wrong);
}
