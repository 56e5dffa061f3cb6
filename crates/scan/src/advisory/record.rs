use std::collections::BTreeSet;

use names::Timestamp;
use serde::{Deserialize, Serialize};

use super::moment;
use super::package_key::PackageKey;
use super::severity::Rating;
use crate::words::{Name, Version};

/// What a source says of a vulnerability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advisory {
    /// Its identifier: `DEBIAN-CVE-2024-1234`, `GHSA-…`, `ALAS2023-2024-500`.
    pub id: Name,
    /// Other identifiers of the same vulnerability.
    #[serde(default)]
    pub aliases: Vec<Name>,
    /// Vulnerabilities that it speaks of; an errata speaks of several.
    #[serde(default)]
    pub upstream: Vec<Name>,
    /// When the source published it.
    #[serde(default, with = "moment")]
    pub published: Option<Timestamp>,
    /// When the source last changed it.
    #[serde(default, with = "moment")]
    pub modified: Option<Timestamp>,
    /// Since when it is withdrawn: it affects nothing any more.
    #[serde(default, with = "moment")]
    pub withdrawn: Option<Timestamp>,
    /// One line.
    #[serde(default)]
    pub summary: String,
    /// The whole, cut to a bound.
    #[serde(default)]
    pub details: String,
    /// Addresses of pages.
    #[serde(default)]
    pub references: Vec<String>,
    /// How severe it is, of whatever it affects.
    #[serde(default)]
    pub ratings: Vec<Rating>,
    /// What it affects.
    pub affected: Vec<Affected>,
}

/// A package that is affected, and in which versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// Which package.
    pub key: PackageKey,
    /// Only on this architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arch: Option<Name>,
    /// Only in this stream of an rpm module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// Ranges of versions.
    #[serde(default)]
    pub ranges: Vec<Range>,
    /// Versions, one by one.
    #[serde(default)]
    pub versions: BTreeSet<Version>,
    /// How severe it is here.
    #[serde(default)]
    pub ratings: Vec<Rating>,
}

/// A range of versions: events on the line of all versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// What its events are.
    pub kind: RangeKind,
    /// Its events, in any order.
    pub events: Vec<Event>,
}

/// What the events of a range are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RangeKind {
    /// Semantic versions.
    Semver,
    /// Versions of the ecosystem.
    Ecosystem,
    /// Commits. Packages do not say theirs, so such a range finds nothing.
    Git,
}

/// An event on the line of versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// From the first version of all.
    IntroducedFirst,
    /// From this version on.
    Introduced(Version),
    /// Before this version.
    Fixed(Version),
    /// Up to this version, and in it.
    LastAffected(Version),
    /// Nothing is said of this version and those after it.
    Limit(Version),
}

impl Advisory {
    /// Where an index has it, for a change of it to find the packages: each key once.
    pub fn keys(&self) -> BTreeSet<&PackageKey> {
        self.affected.iter().map(|affected| &affected.key).collect()
    }

    /// The CVE that it is about, or the first of them; its own identifier if there is none.
    pub fn cve(&self) -> &Name {
        self.cves().next().unwrap_or(&self.id)
    }

    /// The CVEs that it is about.
    pub fn cves(&self) -> impl Iterator<Item = &Name> {
        let all = std::iter::once(&self.id).chain(&self.aliases).chain(&self.upstream);
        all.filter(|id| id.as_str().starts_with("CVE-"))
    }
}
