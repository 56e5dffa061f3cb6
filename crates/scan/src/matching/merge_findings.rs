use std::collections::BTreeMap;

use super::finding::Finding;
use super::judge::{Verdict, judge};
use super::lookups::{Lookup, lookups};
use crate::advisory::{Advisory, Affected, CveScores, Ecosystem, PackageKey, rate};
use crate::image::{Installed, Inventory};
use crate::words::{Name, Version};

/// An advisory that concerns a package.
#[derive(Debug, Clone)]
pub struct Match<'a> {
    /// The advisory.
    pub advisory: &'a Advisory,
    /// What it says of the package.
    pub affected: &'a Affected,
    /// The first version without the vulnerability.
    pub fixed_in: Option<Version>,
}

/// What a matching says of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// All findings, in ECR's order: the most severe first, then by name.
    pub findings: Vec<Finding>,
    /// Packages and advisories that could not be compared: nothing is said of them.
    pub unjudged: Vec<Unjudged>,
}

/// A package whose version an advisory's versions cannot be compared with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unjudged {
    /// The advisory.
    pub advisory: Name,
    /// The package, under the key by which they met.
    pub key: PackageKey,
    /// Its version.
    pub version: Version,
}

/// Finds what is known to be wrong with the packages of an image.
///
/// `advisories` gives those that stand under a key; `scores` what others say of a CVE.
pub fn find<'a>(
    inventory: &Inventory,
    mut advisories: impl FnMut(&PackageKey) -> Vec<&'a Advisory>,
    mut scores: impl FnMut(&Name) -> Option<&'a CveScores>,
) -> Findings {
    let os = inventory.release.as_ref().and_then(Ecosystem::of_release);
    let (mut findings, mut unjudged) = (Vec::new(), Vec::new());
    for installed in &inventory.packages {
        let mut matches = Vec::new();
        for lookup in lookups(installed, os.as_ref()) {
            for advisory in advisories(&lookup.key) {
                match_advisory(advisory, installed, &lookup, &mut matches, &mut unjudged);
            }
        }
        findings.extend(merge_matches(installed, &matches, &mut scores));
    }
    unjudged.sort();
    unjudged.dedup();
    findings.sort_by(|one, other| {
        let by_name = || one.vulnerability.cmp(&other.vulnerability);
        let by_place = || (&one.installed.package, &one.installed.path);
        other
            .rated
            .severity
            .cmp(&one.rated.severity)
            .then_with(by_name)
            .then_with(|| by_place().cmp(&(&other.installed.package, &other.installed.path)))
    });
    Findings { findings, unjudged }
}

fn match_advisory<'a>(
    advisory: &'a Advisory,
    installed: &Installed,
    lookup: &Lookup,
    matches: &mut Vec<Match<'a>>,
    unjudged: &mut Vec<Unjudged>,
) {
    if advisory.withdrawn.is_some() {
        return;
    }
    for affected in advisory.affected.iter().filter(|affected| affected.key == lookup.key) {
        match judge(&installed.package, &lookup.version, affected) {
            Verdict::Affected { fixed_in } => matches.push(Match { advisory, affected, fixed_in }),
            Verdict::NotAffected => {}
            Verdict::Unknown => unjudged.push(Unjudged {
                advisory: advisory.id.clone(),
                key: lookup.key.clone(),
                version: lookup.version.clone(),
            }),
        }
    }
}

/// Makes findings of the advisories that concern one package: one for each vulnerability, however
/// many sources speak of it. The advisory that names the fewest CVEs speaks for all: an errata
/// names those of a whole update.
pub fn merge_matches<'a>(
    installed: &Installed,
    matches: &[Match<'a>],
    mut scores: impl FnMut(&Name) -> Option<&'a CveScores>,
) -> Vec<Finding> {
    let known = names_of_cves(matches);
    let mut by_vulnerability: BTreeMap<&Name, Vec<&Match<'a>>> = BTreeMap::new();
    for found in matches {
        for vulnerability in vulnerabilities(found.advisory, &known) {
            by_vulnerability.entry(vulnerability).or_default().push(found);
        }
    }
    let mut findings = Vec::new();
    for (vulnerability, mut matches) in by_vulnerability {
        matches.sort_by_key(|found| (found.advisory.cves().count().max(1), &found.advisory.id));
        let best = matches[0];
        let mut related: Vec<Name> = matches
            .iter()
            .flat_map(|found| std::iter::once(&found.advisory.id).chain(&found.advisory.aliases))
            .filter(|id| *id != vulnerability)
            .cloned()
            .collect();
        related.sort();
        related.dedup();
        findings.push(Finding {
            vulnerability: vulnerability.clone(),
            advisory: best.advisory.id.clone(),
            related,
            installed: installed.clone(),
            fixed_in: matches.iter().find_map(|found| found.fixed_in.clone()),
            rated: rate(best.advisory, best.affected, scores(vulnerability)),
        });
    }
    findings
}

/// Which CVE another identifier stands for, by the advisories that are about one alone.
fn names_of_cves<'a>(matches: &[Match<'a>]) -> BTreeMap<&'a Name, &'a Name> {
    let mut known = BTreeMap::new();
    for Match { advisory, .. } in matches {
        let mut cves = advisory.cves();
        if let (Some(cve), None) = (cves.next(), cves.next()) {
            let ids = std::iter::once(&advisory.id).chain(&advisory.aliases);
            known.extend(ids.map(|id| (id, cve)));
        }
    }
    known
}

/// What an advisory is about: its CVEs; without any, the one that it shares an identifier with, or
/// the least of its own identifiers.
fn vulnerabilities<'a>(
    advisory: &'a Advisory,
    known: &BTreeMap<&'a Name, &'a Name>,
) -> Vec<&'a Name> {
    let mut cves: Vec<&Name> = advisory.cves().collect();
    cves.sort();
    cves.dedup();
    if !cves.is_empty() {
        return cves;
    }
    let ids = || std::iter::once(&advisory.id).chain(&advisory.aliases);
    match ids().find_map(|id| known.get(id)) {
        Some(cve) => vec![cve],
        None => ids().min().into_iter().collect(),
    }
}
