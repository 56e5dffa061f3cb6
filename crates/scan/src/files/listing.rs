use std::fmt;

use crate::layer::{FileFacts, LayerPath, Why};
use crate::package::{Package, PackageKind};
use crate::words::{Name, Version};

/// What a parser found.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    packages: Vec<Package>,
    owned: Vec<LayerPath>,
    /// What is wrong with the file as a whole.
    problems: Vec<Why>,
    /// Entries that are wrong: how many, and what is wrong with the first.
    wrong_entries: u64,
    first_wrong: Option<String>,
}

/// What a file gives to the facts of its layer.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) facts: FileFacts,
    pub(crate) problems: Vec<Why>,
}

impl Listing {
    /// A file that cannot be read at all.
    pub(crate) fn failed(why: Why) -> Self {
        Self { problems: vec![why], ..Self::default() }
    }

    /// Adds a package of this name and version, if both can be; gives it back to be completed.
    pub(crate) fn add(
        &mut self,
        kind: PackageKind,
        name: &str,
        version: &str,
    ) -> Option<&mut Package> {
        match (Name::parse(name), Version::parse(version)) {
            (Ok(name), Ok(version)) => {
                self.packages.push(Package::new(kind, name, version));
                self.packages.last_mut()
            }
            (Err(wrong), _) | (_, Err(wrong)) => {
                self.wrong(wrong);
                None
            }
        }
    }

    /// Notes a file that belongs to the operating system, if it is one that is looked for.
    pub(crate) fn own(&mut self, path: LayerPath) {
        self.owned.push(path);
    }

    /// Notes an entry that is wrong.
    pub(crate) fn wrong(&mut self, what: impl fmt::Display) {
        self.wrong_entries += 1;
        self.first_wrong.get_or_insert_with(|| what.to_string());
    }

    /// Notes what is wrong with the file.
    pub(crate) fn problem(&mut self, why: Why) {
        if !self.problems.contains(&why) {
            self.problems.push(why);
        }
    }

    /// Takes over what another file said.
    pub(crate) fn append(&mut self, other: Self) {
        self.packages.extend(other.packages);
        self.owned.extend(other.owned);
        other.problems.into_iter().for_each(|why| self.problem(why));
        self.wrong_entries += other.wrong_entries;
        self.first_wrong = self.first_wrong.take().or(other.first_wrong);
    }

    pub(crate) fn packages(&self) -> &[Package] {
        &self.packages
    }

    pub(crate) fn into_read(mut self) -> Read {
        if let Some(first) = self.first_wrong {
            let count = self.wrong_entries;
            self.problems.push(Why::malformed(format_args!("{count} entries; the first: {first}")));
        }
        self.packages.sort();
        self.packages.dedup();
        self.owned.sort();
        self.owned.dedup();
        let (packages, owned) = (self.packages, self.owned);
        let facts = match (packages.is_empty(), owned.is_empty()) {
            (_, true) => FileFacts::Packages(packages),
            (true, false) => FileFacts::Owned(owned),
            (false, false) => FileFacts::Database { packages, owned },
        };
        Read { facts, problems: self.problems }
    }
}
