//! The files that rules read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use black_box::root;

/// A Rust file: its path from the top, its text, and its text without what is built for tests
/// alone.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) code: String,
}

impl Source {
    pub(crate) fn is_generated(&self) -> bool {
        self.path.ends_with("generated.rs")
    }

    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().expect("a path has a last part")
    }
}

/// Every Rust file.
pub(crate) fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let is_rust = |path: &&String| Path::new(path).extension().is_some_and(|end| end == "rs");
        let found: Vec<Source> = files().iter().filter(is_rust).map(|path| read(path)).collect();
        assert!(found.len() > 100, "only {} Rust files were found", found.len());
        found
    })
}

fn read(path: &str) -> Source {
    let text = fs::read_to_string(root().join(path)).expect("sources are text");
    let code = without_tests(&text);
    Source { path: path.to_owned(), text, code }
}

/// The path of every file that people write, from the top.
pub(crate) fn files() -> &'static [String] {
    static FILES: OnceLock<Vec<String>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut found = Vec::new();
        walk(root(), &mut found);
        found
    })
}

/// Folders of what is built, fetched or found, and of models that others wrote.
const PASSED_OVER: [&str; 7] =
    ["target", "models", "node_modules", "seeds", "corpus", "artifacts", "tools"];

fn walk(folder: &Path, found: &mut Vec<String>) {
    let entries = fs::read_dir(folder).expect("the folder is part of the repository");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().expect("an entry has a name").to_string_lossy();
        let is_hidden = name.starts_with('.') && !matches!(&*name, ".ci" | ".github");
        let is_passed_over = PASSED_OVER.contains(&&*name) || name.starts_with("longshore-data");
        if is_hidden || path.is_symlink() {
            continue;
        }
        if !path.is_dir() {
            let path = path.strip_prefix(root()).expect("the walk began there");
            found.push(path.display().to_string());
        } else if !is_passed_over {
            walk(&path, found);
        }
    }
}

/// A text without the items that are marked `#[cfg(test)]`: each ends with a line, or with the
/// bracket that its first line is level with.
fn without_tests(text: &str) -> String {
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

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

pub(crate) fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[test]
fn tests_are_told_from_what_ships() {
    let text = "fn a() {}\n#[cfg(test)]\nuse b;\n#[cfg(test)]\n#[expect(dead_code)]\nmod tests {\n    fn c() {\n    }\n}\nfn d() {}\n";
    assert_eq!(without_tests(text), "fn a() {}\nfn d() {}\n");
}
