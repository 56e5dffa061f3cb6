//! Plain English: a component is *it*, a client is a *client*, a person is a *person*.

use std::fs;
use std::path::Path;

use black_box::root;

use crate::report::report_except;
use crate::source::files;

/// The plainest slips, each with what to write instead.
const SLIPS: &[(&str, &str)] = &[
    ("whoever", "name the client, the caller or the node"),
    ("whomever", "name the client, the caller or the node"),
    ("nobody", "say what does not happen, or `no client`, `no one`"),
    ("somebody", "name the client, the caller or the user"),
    ("anybody", "name the client, the caller or the user"),
    ("who comes", "say which request, node or client"),
    ("whatever it is", "leave it out"),
    ("has it deleted", "deletes it, or queues its deletion"),
    ("has it removed", "removes it"),
    ("has it raised", "raises it"),
    ("has them deleted", "deletes them, or queues their deletion"),
    ("in all where", "say what is counted"),
    ("that should not have", "internal error while …"),
];

/// Crates that still have slips.
const SLIPPING: &[&str] = &[];

/// Whether people write the prose of this file. Golden conversations are made of AWS's texts and of
/// names.
fn is_ours(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let end = Path::new(name).extension().and_then(|end| end.to_str()).unwrap_or_default();
    let is_prose = matches!(end, "rs" | "md" | "sh" | "py" | "toml" | "yaml" | "yml")
        || matches!(name, "Makefile" | "Dockerfile" | "run");
    is_prose && name != "generated.rs" && path != "tests/tidy/english.rs"
}

/// The slips of a text, with the numbers of their lines. A line that ends in the middle of one goes
/// on with the next.
fn slips(text: &str) -> Vec<(usize, &'static str)> {
    let lines: Vec<String> = text.lines().map(plain).collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map_or("", String::as_str);
        let both = format!("{line} {next}");
        for (slip, _) in SLIPS {
            let starts_here = has_words(&both, slip) && !has_words(next, slip);
            if has_words(line, slip) || starts_here {
                found.push((index + 1, *slip));
            }
        }
    }
    found
}

/// A line in small letters, without the marks of a comment.
fn plain(line: &str) -> String {
    line.trim_start().trim_start_matches(['/', '!', '#', '*']).trim().to_lowercase()
}

/// Whether `words` stand in `text`, and not within a name such as `user/nobody`.
fn has_words(text: &str, words: &str) -> bool {
    let is_of_a_name = |letter: char| letter.is_alphanumeric() || "_-/:.@".contains(letter);
    text.match_indices(words).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let mut after = text[start + words.len()..].chars();
        let goes_on = match after.next() {
            // The end of a sentence, or of a clause.
            Some('.' | ':') => after.next().is_some_and(char::is_alphanumeric),
            Some(letter) => is_of_a_name(letter),
            None => false,
        };
        !before.is_some_and(is_of_a_name) && !goes_on
    })
}

#[test]
fn prose_is_plain() {
    let mut wrong = Vec::new();
    for path in files().iter().filter(|path| is_ours(path)) {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let place = SLIPPING.iter().find(|crate_| path.starts_with(**crate_));
        for (number, slip) in slips(&text) {
            let instead = SLIPS.iter().find(|(known, _)| *known == slip).map(|(_, what)| *what);
            let what = format!("{path}:{number}: {slip} ({})", instead.unwrap_or_default());
            wrong.push((place.map_or(&**path, |at| at).to_owned(), what));
        }
    }
    report_except("English that has to be read twice (STYLE, section 6)", &wrong, SLIPPING);
}

#[test]
fn slips_are_told_from_names() {
    #[rustfmt::skip]
    let cases = [
        // text                                       slips  because
        ("/// Whoever asks is told.",                 1,     "at the start of a sentence"),
        ("//! the object is nobody's.",               1,     "with an ending"),
        ("# a node who\n# comes too late",            1,     "over two lines"),
        ("\"the bucket is nobody\"",                  1,     "in a text for users"),
        ("arn:aws:iam::1:user/nobody",                0,     "a name"),
        ("let nobody_else = 1;",                      0,     "part of an identifier"),
        ("a client that has it, deleted",             0,     "other words"),
    ];
    for (text, count, because) in cases {
        assert_eq!(slips(text).len(), count, "{because}: {text}");
    }
}
