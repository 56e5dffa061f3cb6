//! Between advisories and their rows: what an advisory says of each package is apart, so that a
//! package is judged by what is said of it alone.

use std::collections::BTreeMap;

use db::{AdvisoryPackage, NewAdvisory};
use names::Digest;
use scan::{Advisory, Affected, PackageKey, Publisher};

/// The rows of an advisory. A withdrawn one names no packages.
pub(super) fn rows_of(mut advisory: Advisory, publisher: Publisher) -> NewAdvisory {
    let whole = serde_json::to_vec(&advisory).expect("an advisory is plain data");
    let affected = std::mem::take(&mut advisory.affected);
    let mut by_key: BTreeMap<PackageKey, Vec<Affected>> = BTreeMap::new();
    if advisory.withdrawn.is_none() {
        for one in affected {
            by_key.entry(one.key.clone()).or_default().push(one);
        }
    }
    let packages = by_key.into_iter().map(|(key, affected)| AdvisoryPackage {
        ecosystem: key.ecosystem().to_string(),
        name: key.name().as_str().to_owned(),
        affected: serde_json::to_vec(&affected).expect("what is affected is plain data"),
    });
    NewAdvisory {
        packages: packages.collect(),
        name: advisory.id.as_str().to_owned(),
        source: publisher.name.to_owned(),
        digest: Digest::sha256(&whole).hex().to_owned(),
        modified_at: advisory.modified,
        document: serde_json::to_vec(&advisory).expect("an advisory is plain data"),
    }
}

/// What an advisory says of a package; `None` if the row is not one of this program.
pub(super) fn read_affected(bytes: &[u8]) -> Option<Vec<Affected>> {
    serde_json::from_slice(bytes).ok()
}

/// An advisory without what it affects.
pub(super) fn read_document(bytes: &[u8]) -> Option<Advisory> {
    serde_json::from_slice(bytes).ok()
}
