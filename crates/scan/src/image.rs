//! The layers of an image, merged.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound::{Excluded, Included};

use names::Digest;

use crate::layer::{FileFacts, LayerFacts, LayerPath, Part, Removal, Unread, Why};
use crate::package::Package;
use crate::release::OsRelease;

/// Links that lead to links. A longer chain is a loop.
const LINKS_MAX: usize = 8;

/// A layer of an image.
#[derive(Debug, Clone, Copy)]
pub struct ImageLayer<'a> {
    /// Its digest, as the manifest names it.
    pub digest: &'a Digest,
    /// What it says.
    pub facts: &'a LayerFacts,
}

/// What an image has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// Which operating system it is; `None` for an image from scratch.
    pub release: Option<OsRelease>,
    /// Its packages, by path and name.
    pub packages: Vec<Installed>,
    /// What could not be read, with the layer that it is in.
    pub unread: Vec<(Digest, Unread)>,
}

/// A package, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The package.
    pub package: Package,
    /// The file that names it.
    pub path: LayerPath,
    /// The layer that brought it: the lowest from which on the file has named it.
    pub layer: Digest,
    /// Whether a package of the operating system holds that file. The distribution's advisories
    /// speak of it, and upstream's do not know its patches.
    pub is_vouched_for: bool,
}

/// Merges the layers of an image, the lowest first: a file of an upper layer replaces the one below
/// it, and whiteouts take away.
pub fn merge<'a>(layers: impl IntoIterator<Item = ImageLayer<'a>>) -> Inventory {
    let mut merging = Merging::default();
    for layer in layers {
        merging.add(layer);
    }
    merging.finish()
}

#[derive(Default)]
struct Merging<'a> {
    layers: Vec<ImageLayer<'a>>,
    files: BTreeMap<&'a str, File<'a>>,
    links: BTreeMap<&'a str, &'a LayerPath>,
}

/// A file as the layers so far leave it.
struct File<'a> {
    path: &'a LayerPath,
    facts: &'a FileFacts,
    layer: usize,
    /// Since which layer the file names each package.
    since: HashMap<&'a Package, usize>,
}

impl<'a> Merging<'a> {
    fn add(&mut self, layer: ImageLayer<'a>) {
        let number = self.layers.len();
        for removal in &layer.facts.removals {
            self.remove(removal);
        }
        for (path, facts) in &layer.facts.files {
            self.links.remove(path.as_str());
            let old = self.files.remove(path.as_str());
            let before = |package| old.as_ref().and_then(|old| old.since.get(package)).copied();
            let packages = facts.packages().iter();
            let since = packages.map(|package| (package, before(package).unwrap_or(number)));
            let file = File { path, facts, layer: number, since: since.collect() };
            self.files.insert(path.as_str(), file);
        }
        for (path, target) in &layer.facts.links {
            self.files.remove(path.as_str());
            self.links.insert(path.as_str(), target);
        }
        self.layers.push(layer);
    }

    fn remove(&mut self, removal: &Removal) {
        match removal {
            Removal::Within(folder) if folder.is_empty() => {
                self.files.clear();
                self.links.clear();
            }
            Removal::Within(folder) => self.remove_within(folder),
            Removal::Path(path) => {
                self.files.remove(path.as_str());
                self.links.remove(path.as_str());
                self.remove_within(path.as_str());
            }
        }
    }

    fn remove_within(&mut self, folder: &str) {
        // `0` comes after `/`.
        let (first, end) = (format!("{folder}/"), format!("{folder}0"));
        let range = (Included(first.as_str()), Excluded(end.as_str()));
        let gone: Vec<&str> = self.files.range::<str, _>(range).map(|(path, _)| *path).collect();
        for path in gone {
            self.files.remove(path);
        }
        let gone: Vec<&str> = self.links.range::<str, _>(range).map(|(path, _)| *path).collect();
        for path in gone {
            self.links.remove(path);
        }
    }

    fn finish(self) -> Inventory {
        let packages = self.files.values().flat_map(|file| file.facts.packages());
        let foreign = packages.filter(|package| package.vendor.is_some());
        let foreign: BTreeSet<&str> = foreign.map(|package| package.name.as_str()).collect();
        let lists = self.files.values().filter(|file| !foreign.contains(package_of(file.path)));
        let owned = lists.flat_map(|file| file.facts.owned());
        let owned: BTreeSet<&str> = owned.map(|path| without_usr(path.as_str())).collect();
        let mut packages = Vec::new();
        for file in self.files.values() {
            let is_owned = owned.contains(without_usr(file.path.as_str()));
            packages.extend(file.facts.packages().iter().map(|package| Installed {
                package: package.clone(),
                path: file.path.clone(),
                layer: self.layers[file.since[package]].digest.clone(),
                is_vouched_for: is_owned && !package.kind.is_of_os(),
            }));
        }
        Inventory { release: self.release(), packages, unread: self.unread() }
    }

    fn release(&self) -> Option<OsRelease> {
        let places = ["etc/os-release", "usr/lib/os-release"];
        let mut found = places.iter().filter_map(|place| self.resolve(place));
        found.find_map(|file| match file.facts {
            FileFacts::Release(release) => Some(release.clone()),
            FileFacts::Packages(_) | FileFacts::Owned(_) | FileFacts::Database { .. } => None,
        })
    }

    /// The file at a path, through links.
    fn resolve(&self, path: &str) -> Option<&File<'a>> {
        let mut path = path;
        for _ in 0..LINKS_MAX {
            match self.links.get(path) {
                Some(target) => path = target.as_str(),
                None => return self.files.get(path),
            }
        }
        None
    }

    /// What could not be read and is still there.
    fn unread(&self) -> Vec<(Digest, Unread)> {
        let mut unread = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            let is_there = |part: &Part| match part {
                Part::Layer => true,
                Part::File(path) => {
                    self.files.get(path.as_str()).is_some_and(|file| file.layer == number)
                }
            };
            let of_layer = layer.facts.unread.iter().filter(|unread| is_there(&unread.part));
            unread.extend(of_layer.map(|unread| (layer.digest.clone(), unread.clone())));
            let links = layer.facts.links.iter().filter(|(path, target)| {
                self.links.get(path.as_str()).is_some_and(|now| now == target)
                    && self.resolve(path.as_str()).is_none()
            });
            unread.extend(links.map(|(path, _)| {
                let why = Why::unsupported("a link to a file that is not read");
                (layer.digest.clone(), Unread::file(path, why))
            }));
        }
        unread
    }
}

/// The package that one of dpkg's lists of files is of: `libc6` of `libc6:amd64.list`.
fn package_of(list: &LayerPath) -> &str {
    let name = list.file_name();
    let stem = name.strip_suffix(".list").or_else(|| name.strip_suffix(".md5sums"));
    stem.map_or("", |stem| stem.split(':').next().unwrap_or(stem))
}

/// A path as it was before `/bin` and `/lib` became links into `/usr`: databases name files by
/// both.
fn without_usr(path: &str) -> &str {
    let rest = path.strip_prefix("usr/");
    rest.filter(|rest| {
        ["bin/", "sbin/", "lib/", "lib64/"].iter().any(|start| rest.starts_with(start))
    })
    .unwrap_or(path)
}
