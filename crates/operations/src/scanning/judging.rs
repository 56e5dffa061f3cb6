//! Judges packages: compares them with the advisories that stand under their keys.
//!
//! Order for a package:
//! 1. One read takes the turn of its note in `package_to_judge`, all that is said of it, and how
//!    the CVEs are scored that this names.
//! 2. One transaction writes its findings if the turn and the scores are still the same, and notes
//!    in the same row whether they changed.
//! 3. If they changed, its images are noted in `image_to_count`, some in each transaction.
//! 4. The note goes, unless there is another reason since.
//!
//! A crash after any step leaves the note, and the package is judged again; what step 2 noted is
//! not lost by that. Two runs at a time write the same.

use std::collections::{BTreeMap, BTreeSet};

use db::{AdvisoryKey, DbError, ImageKey, PackageFinding, PackageKey, PackageToJudge, Tx};
use names::Timestamp;
use scan::{
    Advisory, Affected, CveScores, CvssVector, Finding, Match, Name, Verdict, Version, judge,
    lookups, merge_matches,
};
use serde::{Deserialize, Serialize};

use super::advisory_rows::{read_affected, read_document};
use super::cve_scores::read_scores;
use super::inventory::StoredPackage;
use crate::jobs::judge_packages::JudgePackages;
use crate::{Failure, Operations};

/// Images that one transaction notes at most.
const TOLD_AT_ONCE: u32 = 500;
/// How often a package is judged anew because advisories changed meanwhile. Its note stays, so that
/// a job comes back to it.
const TURNS_MAX: u32 = 5;

/// What is said of a vulnerability of a package, beside what its columns say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredFinding {
    /// Other identifiers of it.
    #[serde(default)]
    pub(crate) related: Vec<Name>,
    /// The first version without it.
    pub(crate) fixed_in: Option<Version>,
    /// The distribution's own word.
    pub(crate) vendor_word: Option<String>,
    /// The best vector.
    pub(crate) cvss: Option<CvssVector>,
    /// Where that is from.
    pub(crate) cvss_source: Option<String>,
}

impl StoredFinding {
    pub(crate) fn read(document: &[u8]) -> Option<Self> {
        serde_json::from_slice(document).ok()
    }
}

/// A package and all that is said of it.
struct Case {
    note: PackageToJudge,
    package: StoredPackage,
    /// What each advisory says of it, with the version that it speaks of.
    said: Vec<(AdvisoryKey, Affected, Version)>,
    documents: BTreeMap<AdvisoryKey, Advisory>,
    /// How the CVEs that those name are scored elsewhere.
    scores: BTreeMap<Name, CveScores>,
}

impl Operations {
    /// Judges a package that is noted, until its findings are those of the advisories as they are.
    pub(crate) async fn judge_package(&self, package: PackageKey) -> Result<(), Failure> {
        for _ in 0..TURNS_MAX {
            let read = move |tx: &mut Tx<'_>| read_case(tx, package);
            let case: Result<_, DbError> = self.db.read_at_length(read).await;
            let Some(case) = case? else { return Ok(()) };
            let turn = case.note.turn;
            let (found, scores, now) = (case.findings(), case.scores, self.now());
            let write = move |tx: &mut Tx<'_>| {
                if !scores_are(tx, &found, &scores)? {
                    return Ok(Written::Overtaken);
                }
                write_findings(tx, package, turn, &found, now)
            };
            let written: Result<_, DbError> = self.db.write(write).await;
            match written? {
                Written::Overtaken => {}
                Written::Same => return Ok(()),
                Written::Changed => return self.tell_images_of(package, turn).await,
            }
        }
        let now = self.now();
        let later = move |tx: &mut Tx<'_>| jobs::enqueue(tx, &JudgePackages {}, now, now);
        let later: Result<_, DbError> = self.db.write(later).await;
        Ok(later?)
    }

    async fn tell_images_of(&self, package: PackageKey, turn: i64) -> Result<(), Failure> {
        let (mut after, now) = (ImageKey(0), self.now());
        loop {
            let tell = move |tx: &mut Tx<'_>| {
                let told = tx.tell_images(package, after, TOLD_AT_ONCE)?;
                match told {
                    Some(_) => jobs::enqueue(tx, &JudgePackages {}, now, now)?,
                    None => tx.package_is_judged(package, turn)?,
                }
                Ok(told)
            };
            let told: Result<_, DbError> = self.db.write(tell).await;
            match told? {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }
}

/// What is said of a package, if it is noted.
fn read_case(tx: &mut Tx<'_>, package: PackageKey) -> Result<Option<Case>, DbError> {
    let note = tx.find_packages_to_judge(&[package])?.pop().flatten();
    let document = tx.find_package_documents(&[package])?.pop().flatten();
    let (Some(note), Some(document)) = (note, document) else { return Ok(None) };
    let package = StoredPackage::read(&document)
        .ok_or(DbError::Corrupt { column: "scanned_package.document" })?;
    let mut said = Vec::new();
    let found = package.lookups();
    let keys: Vec<(String, &str)> = found
        .iter()
        .map(|lookup| (lookup.key.ecosystem().to_string(), lookup.key.name().as_str()))
        .collect();
    let keys: Vec<(&str, &str)> = keys.iter().map(|(one, other)| (one.as_str(), *other)).collect();
    for (lookup, advisories) in found.iter().zip(tx.list_advisories_of_each(&keys)?) {
        for advisory in advisories {
            let affected = read_affected(&advisory.affected).unwrap_or_default();
            let here = affected.into_iter().filter(|affected| affected.key == lookup.key);
            let here = here.filter(|affected| {
                judge(&package.package, &lookup.version, affected) != Verdict::NotAffected
            });
            said.extend(here.map(|affected| (advisory.key, affected, lookup.version.clone())));
        }
    }
    let mut advisories: Vec<AdvisoryKey> = said.iter().map(|(key, ..)| *key).collect();
    advisories.sort_unstable();
    advisories.dedup();
    let documents = tx.find_advisory_documents(&advisories)?;
    let documents = advisories
        .into_iter()
        .zip(documents)
        .filter_map(|(key, document)| Some((key, read_document(&document?)?)));
    let documents: BTreeMap<AdvisoryKey, Advisory> = documents.collect();
    let cves: BTreeSet<Name> = documents.values().flat_map(Advisory::cves).cloned().collect();
    let scores = read_scores(tx, &cves)?;
    Ok(Some(Case { note, package, said, documents, scores }))
}

/// Whether these are still the scores of what was found. They can come before the finding that they
/// would have touched.
fn scores_are(
    tx: &mut Tx<'_>,
    found: &[(Finding, Vec<u8>)],
    scores: &BTreeMap<Name, CveScores>,
) -> Result<bool, DbError> {
    let cves: BTreeSet<Name> =
        found.iter().map(|(finding, _)| finding.vulnerability.clone()).collect();
    let now = read_scores(tx, &cves)?;
    Ok(cves.iter().all(|cve| now.get(cve) == scores.get(cve)))
}

impl StoredPackage {
    fn lookups(&self) -> Vec<scan::Lookup> {
        self.anywhere().map_or_else(Vec::new, |installed| lookups(&installed, self.os.as_ref()))
    }

    fn anywhere(&self) -> Option<scan::Installed> {
        let layer = names::Digest::sha256(b"");
        let place = db::ImagePackage { package: PackageKey(0), path: "any".to_owned(), layer };
        self.installed(&place)
    }
}

impl Case {
    fn findings(&self) -> Vec<(Finding, Vec<u8>)> {
        let Some(installed) = self.package.anywhere() else { return Vec::new() };
        let matches: Vec<Match<'_>> = self
            .said
            .iter()
            .filter_map(|(key, affected, version)| {
                let advisory = self.documents.get(key).filter(|it| it.withdrawn.is_none())?;
                match judge(&self.package.package, version, affected) {
                    Verdict::Affected { fixed_in } => Some(Match { advisory, affected, fixed_in }),
                    Verdict::NotAffected | Verdict::Unknown => None,
                }
            })
            .collect();
        let found = merge_matches(&installed, &matches, |cve| self.scores.get(cve));
        let with_document = |finding: Finding| {
            let stored = StoredFinding {
                related: finding.related.clone(),
                fixed_in: finding.fixed_in.clone(),
                vendor_word: finding.rated.vendor_word.clone(),
                cvss: finding.rated.cvss.clone(),
                cvss_source: finding.rated.cvss_source.map(str::to_owned),
            };
            let document = serde_json::to_vec(&stored).expect("a finding is plain data");
            (finding, document)
        };
        found.into_iter().map(with_document).collect()
    }
}

/// What became of the findings of a package.
enum Written {
    /// There is another reason to judge it since they were made.
    Overtaken,
    /// They are as they were, and its images know.
    Same,
    /// They changed, and its images have to be told.
    Changed,
}

fn write_findings(
    tx: &mut Tx<'_>,
    package: PackageKey,
    turn: i64,
    found: &[(Finding, Vec<u8>)],
    now: Timestamp,
) -> Result<Written, DbError> {
    let note = tx.find_packages_to_judge(&[package])?.pop().flatten();
    let Some(note) = note.filter(|note| note.turn == turn) else { return Ok(Written::Overtaken) };
    let before = tx.list_package_findings(package)?;
    let mut before: BTreeMap<&str, &PackageFinding> =
        before.iter().map(|finding| (finding.vulnerability.as_str(), finding)).collect();
    let mut is_changed = note.is_changed;
    for (finding, document) in found {
        let vulnerability = finding.vulnerability.as_str();
        let new = PackageFinding {
            vulnerability: vulnerability.to_owned(),
            severity: finding.rated.severity.rank(),
            advisory: finding.advisory.as_str().to_owned(),
            document: document.clone(),
            observed_at: now,
            updated_at: now,
        };
        let is_same = before.remove(vulnerability).is_some_and(|old| {
            (old.severity, &old.advisory, &old.document)
                == (new.severity, &new.advisory, &new.document)
        });
        if !is_same {
            is_changed = true;
            tx.put_package_finding(package, &new)?;
        }
    }
    for gone in before.into_keys() {
        is_changed = true;
        tx.delete_package_finding(package, gone)?;
    }
    if !is_changed {
        tx.package_is_judged(package, turn)?;
        return Ok(Written::Same);
    }
    tx.note_changed_findings(package)?;
    Ok(Written::Changed)
}
