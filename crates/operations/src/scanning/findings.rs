//! Findings of an image: those of its packages, sorted and grouped. The packages of one source that
//! have one vulnerability are one finding, as ECR has it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use db::{DbError, ImageKey, PackageKey, Tx};
use names::ScanType;
use scan::Severity;

use super::inventory::list_places;

/// Packages that are asked about together.
const ASKED_AT_ONCE: usize = 500;

/// A finding's place in the order of findings: the most severe first, then by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindingPlace {
    /// How severe.
    pub severity: Reverse<Severity>,
    /// The vulnerability.
    pub vulnerability: String,
    /// The package, or its source.
    pub package: String,
    /// Its version.
    pub version: String,
}

/// Findings of an image, and the packages that each is about.
pub(crate) type Groups = BTreeMap<FindingPlace, Vec<PackageKey>>;

/// How many findings there are of each severity that occurs.
pub type SeverityCounts = BTreeMap<Severity, u64>;

/// The findings of an image. Basic scans are about packages of the operating system alone.
pub(crate) fn groups(
    tx: &mut Tx<'_>,
    image: ImageKey,
    scan_type: ScanType,
) -> Result<Groups, DbError> {
    let mut packages: Vec<PackageKey> =
        list_places(tx, image)?.into_iter().map(|place| place.package).collect();
    packages.dedup();
    let mut groups = Groups::new();
    for some in packages.chunks(ASKED_AT_ONCE) {
        let shown = tx.find_shown_packages(some)?;
        let vulnerabilities = tx.list_vulnerabilities_of_each(some)?;
        for ((package, shown), vulnerabilities) in some.iter().zip(shown).zip(vulnerabilities) {
            let Some(shown) = shown else { continue };
            if scan_type == ScanType::Basic && !shown.is_of_os {
                continue;
            }
            for (vulnerability, rank) in vulnerabilities {
                let place = FindingPlace {
                    severity: Reverse(Severity::of_rank(rank).unwrap_or_default()),
                    vulnerability,
                    package: shown.name.clone(),
                    version: shown.version.clone(),
                };
                groups.entry(place).or_default().push(*package);
            }
        }
    }
    Ok(groups)
}

/// Counts findings.
pub(crate) fn count(groups: &Groups) -> SeverityCounts {
    let mut counts = SeverityCounts::new();
    for place in groups.keys() {
        *counts.entry(place.severity.0).or_default() += 1;
    }
    counts
}

/// Counts as their column has them.
pub(crate) fn write_counts(counts: &SeverityCounts) -> String {
    serde_json::to_string(counts).expect("counts are plain data")
}

/// Counts of a column.
pub(crate) fn read_counts(text: &str) -> SeverityCounts {
    serde_json::from_str(text).unwrap_or_default()
}
