//! How likely CVEs are exploited, in the words of EPSS: imported day by day.
//!
//! A crash leaves the batches that were written, and the same import again writes the rest.

use std::collections::BTreeMap;

use bytes::Bytes;
use db::{CveEpss, Tx};
use names::Timestamp;
use scan::{Epss, EpssScores, Name, Publisher, parse_epss};
use tokio::task::spawn_blocking;

use super::documents::{inflated, invalid, whole};
use super::imported_advisories::ImportedAdvisories;
use crate::{Failure, Fault, Operations};

/// CVEs that one transaction writes at most: all of them change from day to day.
const BATCH: usize = 2000;

impl Operations {
    pub(super) async fn import_epss(
        &self,
        documents: Bytes,
    ) -> Result<ImportedAdvisories, Failure> {
        let read = spawn_blocking(move || {
            let bytes = whole(inflated(documents)).map_err(|error| invalid(&error))?;
            parse_epss(&String::from_utf8_lossy(&bytes)).map_err(|error| invalid(&error))
        });
        let read = read.await.map_err(|error| Failure::Fault(Fault::Broken(error.into())))?;
        let EpssScores { day, scores } = read?;
        // Each once.
        let scores: BTreeMap<Name, Epss> = scores.into_iter().collect();
        let scores: Vec<(Name, Epss)> = scores.into_iter().collect();
        let mut imported = ImportedAdvisories::default();
        for some in scores.chunks(BATCH) {
            let (some, now) = (some.to_vec(), self.now());
            let write = move |tx: &mut Tx<'_>| write_some(tx, &some, day, now);
            let written: Result<_, Failure> = self.db.write(write).await;
            imported.add(&written?);
        }
        Ok(imported)
    }
}

fn write_some(
    tx: &mut Tx<'_>,
    scores: &[(Name, Epss)],
    day: Option<Timestamp>,
    now: Timestamp,
) -> Result<ImportedAdvisories, Failure> {
    let Publisher { name, licence } = Publisher::EPSS;
    let mut imported = ImportedAdvisories::default();
    if tx.find_advisory_source(name)?.and_then(|known| known.modified_at) > day {
        imported.outdated = scores.len() as u64;
        return Ok(imported);
    }
    let names: Vec<&str> = scores.iter().map(|(cve, _)| cve.as_str()).collect();
    let known = tx.find_cve_epss(&names)?;
    let mut added = 0;
    for ((cve, epss), known) in scores.iter().zip(known) {
        let new = CveEpss {
            probability: i64::from(epss.probability_millionths),
            percentile: i64::from(epss.percentile_millionths),
        };
        match known {
            Some(known) if known == new => imported.unchanged += 1,
            Some(_) => imported.changed += 1,
            None => added += 1,
        }
        if known != Some(new) {
            tx.put_cve_epss(cve.as_str(), new)?;
        }
    }
    tx.count_advisories(name, licence, added, day, now)?;
    imported.added = u64::try_from(added).unwrap_or(0);
    Ok(imported)
}
