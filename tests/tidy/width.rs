//! Comments and Markdown keep the width of the code.

use std::fs;

use black_box::root;

use crate::report::report_except;
use crate::source::files;

const COLUMNS_MAX: usize = 100;

/// Crates and files that still have longer lines.
const WIDE: &[&str] = &[];

/// What prose looks like in a file.
#[derive(Clone, Copy)]
enum Prose {
    Markdown,
    /// Lines that begin with two slashes.
    Slashes,
    /// Lines that begin with a hash.
    Hashes,
}

impl Prose {
    fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let end = name.rsplit('.').next().unwrap_or_default();
        match end {
            _ if name == "generated.rs" => None,
            "md" => Some(Self::Markdown),
            "rs" => Some(Self::Slashes),
            // A name without a dot is its own end.
            "sh" | "toml" | "py" | "yaml" | "yml" | "http" | "Makefile" | "Dockerfile" | "run" => {
                Some(Self::Hashes)
            }
            _ => None,
        }
    }

    /// The prose of a line, if it is prose.
    fn on(self, line: &str) -> Option<&str> {
        let text = line.trim_start();
        match self {
            Self::Markdown => Some(text).filter(|text| !text.starts_with('#')),
            Self::Slashes => {
                text.strip_prefix("//").map(|rest| rest.trim_start_matches(['/', '!']))
            }
            Self::Hashes => text.strip_prefix('#'),
        }
    }
}

/// The numbers of the lines of prose that are too long. Tables, code and addresses cannot be
/// wrapped.
fn wide_lines(prose: Prose, text: &str) -> Vec<usize> {
    let mut is_code = false;
    let mut wide = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let Some(words) = prose.on(line).map(str::trim_start) else { continue };
        is_code ^= words.starts_with("```");
        let may_be_long = is_code || words.starts_with('|') || line.contains("://");
        if line.chars().count() > COLUMNS_MAX && !may_be_long {
            wide.push(number);
        }
    }
    wide
}

#[test]
fn comments_and_markdown_keep_the_width_of_the_code() {
    let mut wrong = Vec::new();
    for path in files() {
        let Some(prose) = Prose::of(path) else { continue };
        let text = fs::read_to_string(root().join(path)).unwrap();
        let place = WIDE.iter().find(|place| path.starts_with(**place)).map_or(&**path, |at| at);
        for number in wide_lines(prose, &text) {
            wrong.push((place.to_owned(), format!("{path}:{number}")));
        }
    }
    report_except("lines of prose over 100 columns", &wrong, WIDE);
}

#[test]
fn wide_lines_are_told_from_what_cannot_be_wrapped() {
    let long = "word ".repeat(21);
    let rust =
        format!("//! {long}\nlet code = \"{long}\";\n/// | {long} |\n// {}\n", "é".repeat(90));
    assert_eq!(wide_lines(Prose::Slashes, &rust), [1]);
    let markdown = format!("{long}\n# {long}\n| {long} |\n```\n{long}\n```\n- {long}\n{long}://\n");
    assert_eq!(wide_lines(Prose::Markdown, &markdown), [1, 7]);
    assert_eq!(wide_lines(Prose::Hashes, &format!("{long}\n  # {long}\n")), [2]);
}
