use std::fmt::Write as _;

use crate::services::Service;

/// The names that generated code may use, by the module that offers them. An empty line separates
/// the groups.
const OFFERED: [(&str, &[&str]); 8] = [
    ("std::collections", &["BTreeMap"]),
    ("", &[]),
    ("serde", &["Deserialize", "Serialize"]),
    ("", &[]),
    ("crate::aws::exception", &["declared", "exceptions"]),
    (
        "crate::aws::operation",
        &["OperationSpec", "Pagination", "Protocol", "ServiceSpec", "operations"],
    ),
    ("crate::aws::words", &["words"]),
    (
        "crate::aws::schema",
        &[
            "Input",
            "NOTHING",
            "Pattern",
            "Shape",
            "Structure",
            "UNLIMITED",
            "at_least",
            "at_most",
            "between",
            "hidden",
            "matching",
            "one_of",
            "optional",
            "required",
            "structure",
            "text",
        ],
    ),
];

/// The first lines of a generated file: where it is from, and the names that `body` mentions.
pub(super) fn header(service: &Service, body: &str) -> String {
    let mut header = format!(
        "// Written by `cargo xtask codegen` from `models/{}`. Do not edit.\n",
        service.model
    );
    for (module, names) in OFFERED {
        let used: Vec<&str> = names.iter().copied().filter(|name| mentions(body, name)).collect();
        if module.is_empty() {
            header.push('\n');
        } else if !used.is_empty() {
            let _ = write!(header, "\nuse {module}::{{{}}};", used.join(", "));
        }
    }
    header + "\n\n"
}

/// Whether `name` occurs in code: before a bracket, a comma, a space or an exclamation mark.
fn mentions(body: &str, name: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    body.match_indices(name).any(|(start, _)| {
        let before = body[..start].chars().next_back();
        let after = body[start + name.len()..].chars().next();
        !before.is_some_and(|letter| is_letter(letter) || "`\"".contains(letter))
            && after.is_some_and(|letter| "(,<!:>) {;".contains(letter))
    })
}
