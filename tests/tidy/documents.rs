//! Documents that must agree with the files.

use std::collections::BTreeSet;
use std::fs;

use black_box::root;

use crate::report::report;

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
