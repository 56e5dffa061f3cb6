//! Which file of a crate uses which.

use std::collections::{BTreeMap, BTreeSet};

/// The files of one crate, by the path of their module: `[]` is `lib.rs`, `[a, b]` is `a/b.rs` or
/// `a/b/mod.rs`.
pub(crate) struct Modules<'a> {
    by_path: BTreeMap<Vec<String>, Module<'a>>,
}

struct Module<'a> {
    file: &'a str,
    uses: Vec<Vec<String>>,
    /// What it offers from elsewhere: the name, and the path that it stands for.
    offers: BTreeMap<String, Vec<String>>,
}

impl<'a> Modules<'a> {
    /// Reads the files of a crate: paths from its `src`, and texts without tests.
    pub(crate) fn read(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let read = |(file, code): (&'a str, &str)| {
            let path = module_of(file);
            let mut module = Module { file, uses: Vec::new(), offers: BTreeMap::new() };
            for Use { path: used, name, is_offered } in uses(code) {
                let Some(used) = from_the_top(&path, used) else { continue };
                if is_offered {
                    module.offers.insert(name, used);
                } else {
                    module.uses.push(used);
                }
            }
            (path, module)
        };
        Self { by_path: files.into_iter().map(read).collect() }
    }

    /// Each file with the files that it uses. A parent and its child are one story: they are left
    /// out.
    fn edges(&self) -> BTreeSet<(&'a str, &'a str)> {
        let mut edges = BTreeSet::new();
        for (path, module) in &self.by_path {
            for used in &module.uses {
                let Some(home) = self.home_of(used.clone()) else { continue };
                if !home.starts_with(path) && !path.starts_with(&home) {
                    edges.insert((module.file, self.by_path[&home].file));
                }
            }
        }
        edges
    }

    /// The module that defines what a path names: the longest module on it, unless that one only
    /// offers it from elsewhere.
    fn home_of(&self, mut path: Vec<String>) -> Option<Vec<String>> {
        // Each step follows one re-export; a chain of them is short.
        for _ in 0..8 {
            let depth = (0..=path.len()).rev().find(|n| self.by_path.contains_key(&path[..*n]))?;
            let (home, rest) = path.split_at(depth);
            let offered = rest.first().and_then(|name| self.by_path[home].offers.get(name));
            let Some(offered) = offered else { return Some(home.to_vec()) };
            path = [&offered[..], &rest[1..]].concat();
        }
        None
    }

    /// Pairs of files that use each other.
    pub(crate) fn circles(&self) -> Vec<(&'a str, &'a str)> {
        let edges = self.edges();
        let back = |(one, other): &(&'a str, &'a str)| edges.contains(&(*other, *one));
        edges.iter().filter(|pair| pair.0 < pair.1 && back(pair)).copied().collect()
    }
}

/// `a/b.rs` and `a/b/mod.rs` → `[a, b]`; `lib.rs` → `[]`.
fn module_of(file: &str) -> Vec<String> {
    let mut path: Vec<String> =
        file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        path.pop();
    }
    path
}

/// One name of a `use`.
#[derive(Debug, PartialEq, Eq)]
struct Use {
    path: Vec<String>,
    /// What it is called here.
    name: String,
    /// Whether others may take it from here.
    is_offered: bool,
}

/// Every `use` of a text that is about its own crate.
fn uses(code: &str) -> Vec<Use> {
    let mut found = Vec::new();
    let mut statements = code.split_inclusive('\n');
    while let Some(line) = statements.next() {
        let words = line.trim_start();
        let Some(at) = words.find("use ").filter(|at| is_before_use(&words[..*at])) else {
            continue;
        };
        let is_offered = words.starts_with("pub");
        let mut statement = words[at + 4..].to_owned();
        while !statement.contains(';') {
            let Some(more) = statements.next() else { break };
            statement.push_str(more);
        }
        let end = statement.find(';').unwrap_or(statement.len());
        spread(&statement[..end], &[], &mut |path, name| {
            found.push(Use { path, name, is_offered });
        });
    }
    let names_crate = |Use { path, .. }: &Use| {
        path.first().is_some_and(|first| matches!(&**first, "crate" | "super" | "self"))
    };
    found.retain(names_crate);
    found
}

fn is_before_use(words: &str) -> bool {
    words.is_empty() || words.starts_with("pub") && words.ends_with(' ')
}

/// `a::{b, c::{d as e}}` → `a::b` called `b`, and `a::c::d` called `e`.
fn spread(tree: &str, before: &[String], found: &mut impl FnMut(Vec<String>, String)) {
    let tree = tree.trim();
    if let Some((head, group)) = tree.split_once('{') {
        let mut path = before.to_vec();
        path.extend(
            head.split("::").map(str::trim).filter(|part| !part.is_empty()).map(Into::into),
        );
        let group = group.trim_end().trim_end_matches(',').trim_end();
        for part in split_group(group.strip_suffix('}').unwrap_or(group)) {
            spread(part, &path, found);
        }
        return;
    }
    if tree.is_empty() {
        return;
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(a, b)| (a, Some(b)));
    let mut full = before.to_vec();
    full.extend(path.split("::").map(|part| part.trim().to_owned()));
    if full.last().is_some_and(|last| last == "self") && full.len() > 1 {
        full.pop();
    }
    let name = alias.map_or_else(|| full[full.len() - 1].clone(), |alias| alias.trim().to_owned());
    found(full, name);
}

/// Splits at the commas that are in no inner group.
fn split_group(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    parts
}

/// A path as seen from the top of the crate.
fn from_the_top(module: &[String], path: Vec<String>) -> Option<Vec<String>> {
    let mut home = module.to_vec();
    let mut parts = path.into_iter().peekable();
    match parts.next()?.as_str() {
        "crate" => home.clear(),
        "super" => {
            home.pop();
            while parts.next_if(|part| part == "super").is_some() {
                home.pop();
            }
        }
        _ => {}
    }
    home.extend(parts);
    Some(home)
}

#[test]
fn files_that_use_each_other_are_found() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::A;\npub use crate::b::B;\n"),
        ("a.rs", "use crate::{B, c::{self, C as D}};\nuse std::fmt;\n"),
        ("b.rs", "use super::a::A;\n"),
        ("c/mod.rs", "mod d;\npub(crate) use self::d::C;\nuse super::b::B;\n"),
        ("c/d.rs", "use super::E;\nuse crate::a::{\n    A,\n};\n"),
    ];
    let modules = Modules::read(files);
    assert_eq!(modules.circles(), [("a.rs", "b.rs"), ("a.rs", "c/d.rs")]);
    let edges = modules.edges();
    assert!(edges.contains(&("c/mod.rs", "b.rs")) && edges.contains(&("a.rs", "c/mod.rs")));
    assert!(!edges.contains(&("c/d.rs", "c/mod.rs")), "a child and its parent");
}
