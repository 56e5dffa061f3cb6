//! The arrows between rooms.

use std::fs;
use std::path::Path;

use black_box::root;

use crate::report::report;
use crate::source::files;

/// The arrows of what ships, all of them. What is not here does not get in.
pub(crate) const ARROWS: &[(&str, &[&str])] = &[
    ("names", &[]),
    ("wire", &["names"]),
    ("identity", &["names"]),
    ("policy", &["names"]),
    ("keys", &["names"]),
    ("blobs", &["names"]),
    // `stand_ins` for its feature `testing` alone: see `stand_ins_serve_tests_alone`.
    ("db", &["names", "stand_ins"]),
    ("jobs", &["db", "names"]),
    ("iam", &["db", "keys", "names", "policy"]),
    ("kms", &["db", "iam", "keys", "names", "policy"]),
    ("operations", &["blobs", "db", "iam", "jobs", "keys", "names", "policy", "remote", "scan"]),
    ("remote", &["names"]),
    ("scan", &["names"]),
    (
        "server",
        &[
            "blobs",
            "db",
            "iam",
            "identity",
            "jobs",
            "keys",
            "kms",
            "names",
            "operations",
            "policy",
            "remote",
            "wire",
        ],
    ),
    ("longshore", &["identity", "keys", "names", "scan", "server"]),
    ("stand_ins", &["names"]),
    ("reclaiming_model", &[]),
    ("xtask", &["stand_ins"]),
    ("bench", &["names", "policy"]),
    ("black-box", &["stand_ins"]),
    (
        "fuzz",
        &[
            "identity",
            "keys",
            "kms",
            "names",
            "operations",
            "policy",
            "remote",
            "scan",
            "server",
            "wire",
        ],
    ),
];

/// What the tests of a room use besides what it ships with. `db` is here for its feature
/// `testing`, which nothing that ships may ask for.
const ARROWS_OF_TESTS: &[(&str, &[&str])] = &[
    // Its decisions are compared with those of a program that `black-box` finds.
    ("policy", &["black-box"]),
    ("blobs", &["stand_ins"]),
    ("scan", &["stand_ins"]),
    ("db", &["db", "stand_ins"]),
    ("jobs", &["db", "stand_ins"]),
    ("iam", &["db", "stand_ins"]),
    ("kms", &["db", "stand_ins"]),
    ("operations", &["db", "stand_ins"]),
    ("server", &["db", "stand_ins"]),
];

/// A line of a manifest that names what the package depends on.
#[derive(Debug, PartialEq, Eq)]
struct Dependency<'a> {
    name: &'a str,
    /// The rest of its line.
    how: &'a str,
    ships: bool,
}

/// What a manifest depends on: lines of tables of dependencies, and tables of one dependency.
fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut table = None;
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end().trim_end_matches(']');
            let ships = !header.contains("dev-dependencies");
            table = header.ends_with("dependencies").then_some(ships);
            if let Some((_, name)) = header.rsplit_once("dependencies.") {
                found.push(Dependency { name, how: "", ships });
            }
        } else if let (Some(ships), Some(end)) = (table, line.find(['.', ' ', '=']))
            && !line.starts_with('#')
        {
            let (name, how) = line.split_at(end);
            found.push(Dependency { name, how, ships });
        }
    }
    found
}

/// The arrows of a manifest that the design does not have.
fn wrong_arrows(manifest: &str) -> Vec<String> {
    let Some(name) = manifest.lines().find_map(|line| line.strip_prefix("name = ")) else {
        return Vec::new();
    };
    let name = name.trim_matches('"');
    let of = |list: &[(&str, &'static [&'static str])]| {
        list.iter().find(|(room, _)| *room == name).map(|(_, allowed)| *allowed)
    };
    let Some(shipped) = of(ARROWS) else {
        return vec![format!("the room {name} is not in the design")];
    };
    let tests = of(ARROWS_OF_TESTS).unwrap_or_default();
    let mut wrong = Vec::new();
    for Dependency { name: room, ships, .. } in dependencies(manifest) {
        let is_room = ARROWS.iter().any(|(known, _)| *known == room);
        if is_room && !shipped.contains(&room) && (ships || !tests.contains(&room)) {
            let what = if ships { "" } else { " (in tests)" };
            wrong.push(format!("{name} → {room}{what}"));
        }
    }
    wrong
}

#[test]
fn no_arrow_leads_where_the_design_has_none() {
    let manifests: Vec<String> = manifests().map(|(_, text)| text).collect();
    assert!(manifests.len() >= ARROWS.len(), "only {} manifests were found", manifests.len());
    let wrong: Vec<String> = manifests.iter().flat_map(|text| wrong_arrows(text)).collect();
    report("arrows that the design does not have", &wrong);
}

/// Every package's manifest, with its path.
fn manifests() -> impl Iterator<Item = (&'static str, String)> {
    let is_manifest = |path: &&String| path.ends_with("/Cargo.toml");
    let paths = files().iter().filter(is_manifest).map(String::as_str);
    let read = |path| fs::read_to_string(root().join(path)).expect("a manifest is text");
    paths.map(move |path| (path, read(path)))
}

#[test]
fn arrows_are_read_in_each_form_of_a_manifest() {
    let manifest = "\
[package]
name = \"names\"
[dependencies]
serde.workspace = true
db = { path = \"../db\" }
[dependencies.blobs]
path = \"../blobs\"
[target.'cfg(unix)'.dependencies]
keys.workspace = true
[build-dependencies]
wire.workspace = true
[dev-dependencies]
# jobs.workspace = true
stand_ins.workspace = true
[features]
policy = []
";
    let wrong = ["db", "blobs", "keys", "wire"].map(|room| format!("names → {room}"));
    let tests = "names → stand_ins (in tests)".to_owned();
    assert_eq!(wrong_arrows(manifest), [&wrong[..], &[tests]].concat());
    assert_eq!(
        wrong_arrows("name = \"attic\"\n[dependencies]\n"),
        ["the room attic is not in the design"]
    );
}

/// What ships links no stand-in: every crate may use them in its tests, and `db` in the feature
/// that the tests of others ask for.
#[test]
fn stand_ins_serve_tests_alone() {
    let crates = manifests().filter(|(path, _)| path.starts_with("crates/"));
    let wrong: Vec<String> = crates
        .flat_map(|(path, text)| {
            let folder = Path::new(path).parent().and_then(Path::file_name);
            stand_ins_that_ship(folder.unwrap().to_str().unwrap(), &text)
        })
        .collect();
    report("stand-ins outside of tests", &wrong);
}

fn stand_ins_that_ship(name: &str, manifest: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for Dependency { name: room, how, .. } in
        dependencies(manifest).into_iter().filter(|dependency| dependency.ships)
    {
        let is_optional = name == "db" && how.contains("optional = true");
        if room == "stand_ins" && !is_optional {
            wrong.push(format!("{name} → stand_ins"));
        }
        if room == "db" && how.contains("testing") {
            wrong.push(format!("{name} → db with its feature testing"));
        }
    }
    let is_on_by_default = |line: &&str| line.starts_with("default") && line.contains("testing");
    wrong.extend(manifest.lines().find(is_on_by_default).map(|line| format!("{name}: {line}")));
    wrong
}

#[test]
fn a_stand_in_that_ships_is_seen() {
    let manifest = "\
[features]
default = [\"testing\"]
[dependencies]
db = { workspace = true, features = [\"testing\"] }
stand_ins.workspace = true
";
    assert_eq!(
        stand_ins_that_ship("iam", manifest),
        ["iam → db with its feature testing", "iam → stand_ins", "iam: default = [\"testing\"]"]
    );
}
