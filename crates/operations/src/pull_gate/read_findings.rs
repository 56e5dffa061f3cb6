use std::collections::BTreeMap;

use db::{DbError, ImageKey, PackageKey, Tx};
use names::ScanType;
use scan::Severity;

use super::decide::GatedFinding;
use crate::scanning::findings::{FindingPlace, groups};
use crate::scanning::inventory::find_stored;
use crate::scanning::judging::StoredFinding;

/// Findings that are asked about together.
const ASKED_AT_ONCE: usize = 500;

/// The findings of an image that are at least this severe, the most severe first.
pub(super) fn read_findings(
    tx: &mut Tx<'_>,
    image: ImageKey,
    scan_type: ScanType,
    severity: Severity,
) -> Result<Vec<GatedFinding>, DbError> {
    let Some((_, made_at)) = find_stored(tx, image)? else { return Ok(Vec::new()) };
    let groups = groups(tx, image, scan_type)?;
    let severe = groups.iter().filter(|(place, _)| place.severity.0 >= severity);
    let asked: Vec<(&FindingPlace, PackageKey)> = severe
        .flat_map(|(place, packages)| packages.iter().map(move |package| (place, *package)))
        .collect();
    let mut findings: BTreeMap<&FindingPlace, GatedFinding> = BTreeMap::new();
    for some in asked.chunks(ASKED_AT_ONCE) {
        let named: Vec<(PackageKey, &str)> =
            some.iter().map(|(place, package)| (*package, place.vulnerability.as_str())).collect();
        for ((place, _), found) in some.iter().zip(tx.find_package_findings(&named)?) {
            let Some(found) = found else { continue };
            let observed_at = found.observed_at.max(made_at);
            let fixed_in = StoredFinding::read(&found.document).and_then(|said| said.fixed_in);
            let finding = findings.entry(place).or_insert_with(|| GatedFinding {
                severity: place.severity.0,
                vulnerability: place.vulnerability.clone(),
                package: place.package.clone(),
                version: place.version.clone(),
                fixed_in: None,
                observed_at,
            });
            finding.observed_at = finding.observed_at.min(observed_at);
            if finding.fixed_in.is_none() {
                finding.fixed_in = fixed_in.map(|version| version.as_str().to_owned());
            }
        }
    }
    Ok(findings.into_values().collect())
}
