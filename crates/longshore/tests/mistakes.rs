//! The messages of commands that refuse, before they touch anything.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::process::{Command, Output};

/// A data folder that exists, and a place where commands run.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("data")).unwrap();
    place
}

fn longshore(place: &tempfile::TempDir, variables: &[(&str, &str)], words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_longshore"));
    command.args(words).envs(variables.iter().copied()).current_dir(place.path()).output().unwrap()
}

#[test]
fn a_mistake_is_refused_with_what_to_do() {
    let place = place();
    #[rustfmt::skip]
    let cases: &[(&[&str], &str, &str)] = &[
        (&["backup", "--to", "b", "--keep", "0"],                "newest backups to keep", "a count of none"),
        (&["backup", "--to", "b", "--keep", "all"],              "newest backups to keep", "no count"),
        (&["backup", "--data", "data", "--to", "data/backups"],  "inside the data folder",      "lost together"),
        (&["backup", "--data", "data", "--to", "data"],          "a separate folder",           "the folder itself"),
        (&["backup", "--data", "data", "--to", "data/../data/b"], "inside the data folder",     "by another way"),
        (&["backup", "--data", "data", "--to", ""],              "name a folder",               "no place"),
        (&["backup", "--data", "none", "--to", "b"],             "no data folder at none",      "nothing to back up"),
        (&["restore", "--data", "data", "--from", "none"],       "there is no folder none",     "nothing to restore"),
        (&["why", "kept", "web"],                                "web:TAG or web@DIGEST",       "no image"),
        (&["serve", "--remember-expiries-days", "36501"],        "remember-expiries-days must be at most 36500", "more than a hundred years"),
        (&["serve", "--remember-tags-days", "36501"],            "remember-tags-days must be at most 36500", "more than a hundred years"),
        (&["serve", "--keep-audit-days", "36501"],               "keep-audit-days must be at most 36500", "more than a hundred years"),
        (&["audit", "search", "--since", "yesterday"],           "expected a time, such as",    "no time"),
        (&["tags", "history", "web@sha256:ab"],                  "only tags have a history",    "an image"),
        (&["tags", "rollback", "web"],                           "web:TAG",                     "no tag"),
        (&["tags", "rollback", "web:v1", "--to", "yesterday"],   "expected a digest, such as",  "neither a digest nor a time"),
        (&["serve", "--data="],                                  "a value is required for '--data <DIR>'", "an empty flag is a mistake"),
    ];
    for (words, sentence, because) in cases {
        let output = longshore(&place, &[], words);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{because}: {said}");
        assert!(said.contains(sentence), "{because}: {said}");
    }
}

#[test]
fn a_place_for_backups_is_found_inside_the_data_folder_from_there_too() {
    let place = place();
    let mut command = Command::new(env!("CARGO_BIN_EXE_longshore"));
    command.args(["backup", "--data", ".", "--to", "backups"]);
    let output = command.current_dir(place.path().join("data")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("inside the data folder"), "{said}");
}

#[test]
fn an_empty_variable_is_one_that_is_not_set() {
    let place = place();
    let variables = [
        ("LONGSHORE_DATA", ""),
        ("LONGSHORE_DATABASE", ""),
        ("LONGSHORE_OBJECTS", ""),
        ("LONGSHORE_KEYRING", ""),
    ];
    let output = longshore(&place, &variables, &["fsck"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("no data folder at ./longshore-data"), "{said}");
}
