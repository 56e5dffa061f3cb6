//! What findings show beside the advisory: how their CVEs are scored elsewhere, whether they are
//! known to be exploited, and how likely that is. It is read when findings are read.

use std::collections::{BTreeMap, BTreeSet};

use db::{CveEpss, DbError, Tx};
use scan::{CveScores, CvssVector, Epss, Name, Publisher, Rated};

use super::cve_scores::read_scores;

/// CVEs that are asked about together.
const ASKED_AT_ONCE: usize = 500;

/// What is said beside the advisories of some vulnerabilities.
pub(super) struct Beside {
    scores: BTreeMap<Name, CveScores>,
    /// `None` if there is no list of what is exploited.
    exploited: Option<BTreeSet<Name>>,
    epss: BTreeMap<Name, Epss>,
}

impl Beside {
    pub(super) fn read(tx: &mut Tx<'_>, cves: &BTreeSet<Name>) -> Result<Self, DbError> {
        let scores = read_scores(tx, cves)?;
        let has_list = tx.find_advisory_source(Publisher::KEV.name)?.is_some();
        let mut beside =
            Self { scores, exploited: has_list.then(BTreeSet::new), epss: BTreeMap::new() };
        let cves: Vec<&Name> = cves.iter().collect();
        for some in cves.chunks(ASKED_AT_ONCE) {
            let names: Vec<&str> = some.iter().map(|cve| cve.as_str()).collect();
            if let Some(exploited) = &mut beside.exploited {
                let are_exploited = tx.are_exploited(&names)?;
                let known =
                    some.iter().zip(are_exploited).filter(|(_, is_exploited)| *is_exploited);
                exploited.extend(known.map(|(cve, _)| (*cve).clone()));
            }
            for (cve, found) in some.iter().zip(tx.find_cve_epss(&names)?) {
                if let Some(epss) = found.and_then(read_epss) {
                    beside.epss.insert((*cve).clone(), epss);
                }
            }
        }
        Ok(beside)
    }

    /// Whether a CVE is known to be exploited; `None` if there is no list.
    pub(super) fn is_exploited(&self, cve: &Name) -> Option<bool> {
        self.exploited.as_ref().map(|exploited| exploited.contains(cve))
    }

    pub(super) fn epss(&self, cve: &Name) -> Option<Epss> {
        self.epss.get(cve).copied()
    }

    /// The vectors of a finding with their sources, that which counts first.
    pub(super) fn vectors(&self, cve: &Name, rated: &Rated) -> Vec<(CvssVector, &'static str)> {
        let best = rated.cvss.clone().zip(rated.cvss_source);
        let mut vectors: Vec<(CvssVector, &'static str)> = best.into_iter().collect();
        if let Some(CveScores { cna, cisa, nvd }) = self.scores.get(cve) {
            for (vector, source) in [(cna, "CVE"), (cisa, "CISA"), (nvd, "NVD")] {
                if let Some(vector) = vector
                    && !vectors.iter().any(|(_, known)| *known == source)
                {
                    vectors.push((vector.clone(), source));
                }
            }
        }
        vectors
    }
}

fn read_epss(row: CveEpss) -> Option<Epss> {
    let CveEpss { probability, percentile } = row;
    Some(Epss {
        probability_millionths: u32::try_from(probability).ok()?,
        percentile_millionths: u32::try_from(percentile).ok()?,
    })
}
