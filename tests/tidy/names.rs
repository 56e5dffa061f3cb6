//! What things are called, and what is not left lying about.

use crate::report::report;
use crate::source::{is_comment, sources};

#[test]
fn nothing_is_called_manager_or_helper() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_generated()) {
        let named = source.text.lines().filter_map(named_type).filter(|name| says_nothing(name));
        wrong.extend(named.map(|name| format!("{}: {name}", source.path)));
    }
    report("names that say nothing", &wrong);
}

fn says_nothing(name: &str) -> bool {
    const BANNED: [&str; 9] =
        ["Manager", "Helper", "Util", "Utils", "Common", "Misc", "Base", "Impl", "Info"];
    // An operation is called what AWS calls it.
    BANNED.iter().any(|banned| name.ends_with(banned)) && name != "GetAccessKeyInfo"
}

/// The type that a line defines.
fn named_type(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let keyword =
        words.iter().position(|word| matches!(*word, "struct" | "enum" | "trait" | "type"))?;
    let name = words.get(keyword + 1).filter(|_| !is_comment(line))?;
    name.trim_end_matches(|c: char| !c.is_alphanumeric()).split(['<', '(', '{', ';', ':']).next()
}

#[test]
fn types_are_found_by_their_names() {
    assert_eq!(named_type("pub(crate) struct UploadTable<'a> {"), Some("UploadTable"));
    assert_eq!(named_type("/// A struct for rows"), None);
    assert!(says_nothing("UploadManager") && !says_nothing("UploadTable"));
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
