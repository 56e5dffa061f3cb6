//! Files and functions that fit in a reader's head.

use std::fs;

use black_box::root;

use crate::report::{report, report_except};
use crate::source::{files, is_comment, sources};

const FILE_LINES_MAX: usize = 400;

/// Files that are still longer.
const LONG_FILES: &[&str] = &[];

/// `mod.rs` files that still hold functions.
const FULL_CONTENTS: &[&str] =
    &["crates/iam/tests/fixture/mod.rs", "crates/operations/tests/fixture/mod.rs"];

/// Files that may hold a longer function: a table, which is read as a list. Each says so in an
/// `expect` of clippy's lint.
const TABLES: &[&str] =
    &["crates/operations/src/fsck/finding.rs", "crates/operations/tests/model/perform.rs"];

#[test]
fn no_file_is_too_long_to_read() {
    let wrong: Vec<_> = sources()
        .iter()
        .filter(|source| !source.is_generated())
        .map(|source| (source.path.clone(), source.text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX)
        .map(|(path, lines)| (path, format!("{lines} lines")))
        .collect();
    report_except("files over 400 lines", &wrong, LONG_FILES);
}

/// Clippy counts the lines of functions, in tests too. A crate with a `clippy.toml` of its own
/// does not read the one at the top.
#[test]
fn clippy_refuses_functions_over_sixty_lines() {
    let settings = files().iter().filter(|path| path.ends_with("clippy.toml"));
    let mut wrong = Vec::new();
    for path in settings {
        let text = fs::read_to_string(root().join(path)).unwrap();
        if !text.lines().any(|line| line == "too-many-lines-threshold = 60") {
            wrong.push(path.clone());
        }
    }
    report("clippy.toml without `too-many-lines-threshold = 60`", &wrong);
    let lint = ["too_many", "lines"].join("_");
    let excused = sources().iter().filter(|source| source.text.contains(&lint));
    let excused: Vec<_> =
        excused.map(|source| (source.path.clone(), "a function over 60 lines".into())).collect();
    report_except("long functions that are not tables", &excused, TABLES);
}

#[test]
fn contents_hold_no_functions() {
    let contents = sources().iter().filter(|source| {
        source.name() == "mod.rs" || source.path.starts_with("crates/") && source.name() == "lib.rs"
    });
    let counted = contents.map(|source| (source.path.clone(), functions(&source.text)));
    let wrong: Vec<_> = counted
        .filter(|(_, count)| *count > 0)
        .map(|(path, count)| (path, format!("{count} functions")))
        .collect();
    report_except("mod.rs and lib.rs with functions", &wrong, FULL_CONTENTS);
}

/// How many functions a text defines, also in macros and for tests.
fn functions(text: &str) -> usize {
    let is_function = |line: &&str| {
        let words = line.trim_start().split("fn ").next().filter(|_| line.contains("fn "));
        let before = |word: &str| {
            word.starts_with("pub")
                || matches!(word, "async" | "const" | "unsafe" | "in")
                || word.ends_with(')')
        };
        !is_comment(line) && words.is_some_and(|words| words.split_whitespace().all(before))
    };
    text.lines().filter(is_function).count()
}

#[test]
fn functions_are_counted() {
    let text = "\
//! fn in prose
mod a;
pub use a::fn_like;
fn one() {}
    pub(in crate::doors) async fn two() {}
    pub(crate) const fn three() {}
macro_rules! m { () => {
    fn four() {}
} }
type Read = fn(&str) -> u8;
";
    assert_eq!(functions(text), 4);
}
