//! Our own rules as a test: one pass over the files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use black_box::root;

/// The arrows between rooms, all of them. What is not here does not get in.
const ARROWS: &[(&str, &[&str])] = &[
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
    ("operations", &["blobs", "db", "iam", "jobs", "keys", "names", "policy"]),
    ("remote", &["names"]),
    (
        "server",
        &[
            "blobs",
            "db",
            "iam",
            "identity",
            "jobs",
            "keys",
            "names",
            "operations",
            "policy",
            "remote",
            "wire",
        ],
    ),
    ("longshore", &["identity", "keys", "names", "server"]),
    ("stand_ins", &["names"]),
    ("reclaiming_model", &[]),
    ("xtask", &["stand_ins"]),
    ("bench", &["names", "policy"]),
    ("black-box", &["stand_ins"]),
];

/// A Rust file: its path from the top, its text, and its text without what is built for tests alone.
struct Source {
    path: String,
    text: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for folder in ["crates", "xtask", "bench", "tests"] {
        walk(&root().join(folder), &mut found);
    }
    assert!(found.len() > 100, "the walk found only {} files", found.len());
    found
}

fn walk(folder: &Path, found: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).expect("the folder is part of the repository");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(read(&path));
        }
    }
}

fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("sources are text");
    let code = without_tests(&text);
    let path = path.strip_prefix(root()).expect("the walk began there");
    Source { path: path.display().to_string(), text, code }
}

/// A text without the items that are marked `#[cfg(test)]`: each ends with a line, or with the bracket that its first line
/// is level with.
fn without_tests(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let level = indent(line);
        let mut rest = lines.by_ref().skip_while(|line| line.trim_start().starts_with(['#', '/']));
        let Some(first) = rest.next() else { break };
        if !first.trim_end().ends_with([';', '}', ',']) {
            rest.find(|line| {
                indent(line) == level && line.trim_start().starts_with(['}', ']', ')'])
            });
        }
    }
    kept
}

#[test]
fn tests_are_told_from_what_ships() {
    let text = "fn a() {}\n#[cfg(test)]\nuse b;\n#[cfg(test)]\n#[expect(dead_code)]\nmod tests {\n    fn c() {\n    }\n}\nfn d() {}\n";
    assert_eq!(without_tests(text), "fn a() {}\nfn d() {}\n");
}

/// Fails with everything that is wrong, not only with the first.
fn report(rule: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{rule}:\n  {}", wrong.join("\n  "));
}

fn is_generated(source: &Source) -> bool {
    source.path.ends_with("generated.rs")
}

#[test]
fn no_arrow_leads_where_the_design_has_none() {
    let mut wrong = Vec::new();
    let mut manifests: Vec<PathBuf> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("Cargo.toml"))
        .collect();
    manifests.extend(["xtask", "bench", "tests"].map(|room| root().join(room).join("Cargo.toml")));
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    for manifest in manifests {
        let text = fs::read_to_string(&manifest).unwrap();
        let name = text.lines().find_map(|line| line.strip_prefix("name = ")).unwrap();
        let name = name.trim_matches('"');
        let Some(allowed) = allowed.get(name) else {
            wrong.push(format!("the room {name} is not in the design"));
            continue;
        };
        for (room, _) in shipped_dependencies(&text) {
            let is_room = ARROWS.iter().any(|(known, _)| *known == room);
            if is_room && !allowed.contains(&room) {
                wrong.push(format!("{name} → {room}"));
            }
        }
    }
    report("arrows that the design does not have", &wrong);
}

/// What a manifest depends on for what it builds, with the rest of each line. What tests use
/// besides is the tests' affair.
fn shipped_dependencies(manifest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut ships = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            ships = section.contains("dependencies") && !section.contains("dev-dependencies");
        } else if let Some(end) = line.find(['.', ' ', '=']).filter(|_| ships) {
            found.push(line.split_at(end));
        }
    }
    found
}

/// What ships links no stand-in: every crate may use them in its tests, and `db` in the feature
/// that the tests of others ask for.
#[test]
fn stand_ins_serve_tests_alone() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        for (room, how) in shipped_dependencies(&text) {
            let is_optional = name == "db" && how.contains("optional = true");
            if room == "stand_ins" && !is_optional {
                wrong.push(format!("{name} → stand_ins"));
            }
            if room == "db" && how.contains("testing") {
                wrong.push(format!("{name} → db with its feature testing"));
            }
        }
        let is_on_by_default =
            |line: &&str| line.starts_with("default") && line.contains("testing");
        wrong.extend(text.lines().find(is_on_by_default).map(|line| format!("{name}: {line}")));
    }
    report("stand-ins outside of tests", &wrong);
}

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
fn wire_and_http_never_reach_iam_or_operations() {
    let mut wrong = Vec::new();
    for source in sources() {
        let rooms = ["crates/iam/src/", "crates/operations/src/"];
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
fn nothing_is_called_manager_or_helper() {
    const BANNED: [&str; 9] =
        ["Manager", "Helper", "Util", "Utils", "Common", "Misc", "Base", "Impl", "Info"];
    let mut wrong = Vec::new();
    for source in sources() {
        if is_generated(&source) {
            continue;
        }
        for line in source.text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let named = words
                .iter()
                .position(|word| matches!(*word, "struct" | "enum" | "trait" | "type"))
                .and_then(|at| words.get(at + 1));
            let Some(name) = named.filter(|_| !is_comment(line)) else { continue };
            let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
            let name = name.split(['<', '(', '{', ';', ':']).next().unwrap();
            // An operation is called what AWS calls it.
            if BANNED.iter().any(|banned| name.ends_with(banned)) && name != "GetAccessKeyInfo" {
                wrong.push(format!("{}: {name}", source.path));
            }
        }
    }
    report("names that say nothing", &wrong);
}

#[test]
fn functions_fit_on_a_screen() {
    let mut wrong = Vec::new();
    for source in sources() {
        if is_generated(&source) {
            continue;
        }
        for (line, length) in functions(&source.text) {
            if length > 80 && !LONG_FUNCTIONS.contains(&source.path.as_str()) {
                wrong.push(format!("{}:{line}: {length} lines", source.path));
            }
        }
    }
    report("functions over 80 lines", &wrong);
}

/// Files that may hold a longer function: tables, to be proofread as a list. May only shrink.
const LONG_FUNCTIONS: &[&str] = &["crates/operations/src/fsck/finding.rs"];

/// Where each function begins, and how many lines it has.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let indent = line.len() - line.trim_start().len();
        let begins = line.trim_start().split("fn ").next().is_some_and(|before| {
            line.contains("fn ")
                && before.split_whitespace().all(|word| {
                    word.starts_with("pub")
                        || matches!(word, "async" | "const" | "crate)" | "super)")
                })
        });
        match open {
            None if begins
                && !line.trim_end().ends_with(';')
                && !line.trim_end().ends_with('}') =>
            {
                open = Some((number, indent));
            }
            Some((start, depth)) if indent == depth && line.trim() == "}" => {
                found.push((start, number - start + 1));
                open = None;
            }
            _ => {}
        }
    }
    found
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

#[test]
fn lib_and_mod_files_hold_no_logic() {
    let mut wrong = Vec::new();
    for source in sources() {
        let name = source.path.rsplit('/').next().unwrap();
        let is_contents = name == "lib.rs" && source.path.starts_with("crates/");
        if is_contents && source.code.lines().any(|line| line.trim_start().starts_with("fn ")) {
            wrong.push(source.path);
        }
    }
    report("tables of contents with logic in them", &wrong);
}

#[test]
fn every_job_is_in_a_file_of_its_name() {
    let mut wrong = Vec::new();
    let mut jobs = 0;
    for source in sources() {
        let Some(rest) = source.path.strip_prefix("crates/operations/src/jobs/") else { continue };
        let stem = rest.trim_end_matches(".rs");
        for line in source.code.lines() {
            let Some(name) = line.trim().strip_prefix("const NAME: &'static str = \"") else {
                continue;
            };
            jobs += 1;
            if name.trim_end_matches("\";") != stem {
                wrong.push(format!("{}: {name}", source.path));
            }
        }
    }
    assert!(jobs >= 6, "only {jobs} jobs were found");
    report("jobs in a file of another name", &wrong);
}

#[test]
fn every_operation_that_is_there_has_a_handler_and_a_golden_conversation() {
    let coverage = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    let sources = sources();
    let mut wrong = Vec::new();
    let mut there = 0;
    for (name, action) in operations_that_are_there(&coverage) {
        there += 1;
        let (service, _) = action.split_once(':').unwrap_or_default();
        let stem = snake(name);
        // A handler is a file in the folder of its noun, or a row of a table there, which begins
        // with the operation and what it takes. The conversations of ECR are not in a folder of
        // their own.
        let (home, file) =
            (format!("crates/server/src/doors/aws/{service}/"), format!("/{stem}.rs"));
        let rows = [format!("{name}({name}Request"), format!("{name}(Nothing)")];
        let is_handler = |source: &Source| {
            let is_row = rows.iter().any(|row| source.code.contains(row.as_str()));
            source.path.starts_with(&home) && (source.path.ends_with(&file) || is_row)
        };
        let golden = if service == "ecr" { stem.clone() } else { format!("{service}/{stem}") };
        let golden = root().join("tests/golden/aws").join(golden);
        if !sources.iter().any(is_handler) {
            wrong.push(format!("{name} has no handler: neither {stem}.rs nor a row of a table"));
        }
        if !golden.is_dir() {
            wrong.push(format!("{name} has no golden conversation"));
        }
    }
    assert!(there >= 20, "docs/coverage.md lists only {there} operations that are there");
    report("operations without a part", &wrong);
}

/// What botocore reads wrongly, users' programs read wrongly. botocore does not know our own service, and signs no
/// `GetScopedCredentials`.
#[test]
fn every_operation_is_called_by_boto3() {
    let folder = root().join("tests/aws");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "py")).collect();
    let scenarios: String = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let started = fs::read_to_string(root().join("tests/aws.rs")).unwrap();
    let mut wrong = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        if text.lines().any(|line| line == "run()") && !started.contains(&format!("\"{name}\"")) {
            wrong.push(format!("tests/aws.rs does not run {name}"));
        }
    }
    let coverage = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    for (name, action) in operations_that_are_there(&coverage) {
        let is_ours = action.starts_with("longshore:") || name == "GetScopedCredentials";
        if !is_ours && !scenarios.contains(&snake(name)) {
            wrong.push(format!("{name} is called nowhere in tests/aws"));
        }
    }
    report("operations that boto3 does not call", &wrong);
}

/// The operations of `docs/coverage.md` that are served, with their IAM actions.
fn operations_that_are_there(coverage: &str) -> Vec<(&str, &str)> {
    let rows = coverage.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let served = rows.filter_map(|cells| match cells.as_slice() {
        [_, name, action, "✓", ..] => Some((*name, action.trim_matches('`'))),
        _ => None,
    });
    served.collect()
}

/// `ListSSHPublicKeys` → `list_ssh_public_keys`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_lower = index > 0 && letters[index - 1].is_lowercase();
        let before_lower = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && index > 0 && (after_lower || before_lower) {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

#[test]
fn golden_conversations_say_where_they_come_from() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    let mut folders = vec![root().join("tests/golden")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "http") {
                seen += 1;
                let text = fs::read_to_string(&path).unwrap();
                if !text.lines().take(3).any(|line| line.starts_with("# recorded: ")) {
                    wrong.push(path.display().to_string());
                }
            }
        }
    }
    assert!(seen > 20, "only {seen} golden conversations were found");
    report("golden conversations without a source", &wrong);
}

#[test]
fn the_files_that_the_architecture_names_are_there() {
    let mut wrong = Vec::new();
    for document in ["ARCHITECTURE.md", "README.md", "docs/running.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = word.starts_with("crates/") || word.starts_with("tests/");
            if is_path && !root().join(word).exists() {
                wrong.push(format!("{document}: {word}"));
            }
        }
    }
    let length = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap().lines().count();
    assert!(length < 300, "ARCHITECTURE.md has {length} lines");
    report("paths that lead nowhere", &wrong);
}

#[test]
fn tests_are_sentences_and_nothing_is_left_over() {
    let leftovers = ["todo", "unimplemented", "dbg"].map(|word| format!("{word}!("));
    let marks =
        ["FIX", "XX"].map(|word| format!("{word}{}", if word == "FIX" { "ME" } else { "X" }));
    let mut wrong = Vec::new();
    for source in sources() {
        for (number, line) in (1..).zip(source.text.lines()) {
            let place = || format!("{}:{number}: {}", source.path, line.trim());
            if line.trim_start().starts_with("fn test_") {
                wrong.push(place());
            }
            if leftovers.iter().chain(&marks).any(|word| line.contains(word.as_str())) {
                wrong.push(place());
            }
            if line.trim_start().starts_with("#[allow(")
                || line.trim_start().starts_with("#![allow(")
            {
                wrong.push(place());
            }
        }
    }
    report("left over", &wrong);
}

#[test]
fn migrations_are_one_numbered_series() {
    let mut numbers = BTreeSet::new();
    for entry in fs::read_dir(root().join("crates/db/migrations")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(
                numbers.insert(name[..4].parse::<usize>().unwrap()),
                "{name} has a number twice"
            );
        }
    }
    let expected: BTreeSet<usize> = (1..=numbers.len()).collect();
    assert_eq!(numbers, expected);
    let listed = fs::read_to_string(root().join("crates/db/src/migrations.rs")).unwrap();
    let listed = listed.matches("include_str!(\"../migrations/").count();
    assert_eq!(listed, numbers.len(), "crates/db/src/migrations.rs lists each file");
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}
