//! How CVEs are scored beside advisories: imported from the CVE List and from NVD, and used where a
//! package is judged.
//!
//! A CVE that is scored otherwise than before makes the packages that have it be judged again, in
//! the transaction that writes the score. A crash leaves the batches that were written, and the
//! same import again writes the rest.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use db::{CveScore, DbError, Tx};
use names::Timestamp;
use scan::{CveScores, CvssVector, Name, Publisher, ScoredCve, parse_cve, parse_nvd};
use tokio::sync::mpsc::{self, Sender};
use tokio::task::spawn_blocking;

use super::documents::{Refused, each_line, inflated, invalid};
use super::imported_advisories::ImportedAdvisories;
use crate::jobs::judge_packages::JudgePackages;
use crate::{Failure, Fault, Operations};

/// CVEs that one transaction writes at most, or asks about.
const BATCH: usize = 500;

/// Who scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScoreSource {
    /// The CVE List.
    List,
    /// NVD.
    Nvd,
}

impl Operations {
    pub(super) async fn import_scores(
        &self,
        source: ScoreSource,
        documents: Bytes,
    ) -> Result<ImportedAdvisories, Failure> {
        let (batches, mut read) = mpsc::channel(1);
        let reading = spawn_blocking(move || read_scores_of(source, documents, &batches));
        let mut imported = ImportedAdvisories::default();
        while let Some(batch) = read.recv().await {
            let now = self.now();
            let write = move |tx: &mut Tx<'_>| write_batch(tx, source, &batch, now);
            let written: Result<_, Failure> = self.db.write(write).await;
            imported.add(&written?);
        }
        let refused = reading.await.map_err(|error| Fault::Broken(error.into()));
        let refused = refused.map_err(Failure::Fault)??;
        imported.refused = refused.count;
        imported.refusals = refused.told;
        Ok(imported)
    }
}

impl ScoreSource {
    fn publisher(self) -> Publisher {
        match self {
            Self::List => Publisher::CVE_LIST,
            Self::Nvd => Publisher::NVD,
        }
    }

    fn parse(self, line: &[u8]) -> Result<Vec<ScoredCve>, scan::BadAdvisory> {
        match self {
            Self::List => parse_cve(line).map(|cve| vec![cve]),
            Self::Nvd => parse_nvd(line),
        }
    }

    /// When this source last changed what it says.
    fn said_at(self, score: &CveScore) -> Option<Timestamp> {
        match self {
            Self::List => score.listed_at,
            Self::Nvd => score.rated_at,
        }
    }

    /// Whether this source says anything.
    fn scores(self, score: &CveScore) -> bool {
        match self {
            Self::List => score.cna.is_some() || score.cisa.is_some(),
            Self::Nvd => score.nvd.is_some(),
        }
    }

    /// The score with what this source says now. What the other says stays.
    fn merge(self, known: &CveScore, new: &ScoredCve) -> CveScore {
        let text = |vector: &Option<CvssVector>| vector.as_ref().map(|it| it.as_str().to_owned());
        let CveScores { cna, cisa, nvd } = &new.scores;
        match self {
            Self::List => CveScore {
                cna: text(cna),
                cisa: text(cisa),
                listed_at: new.modified,
                ..known.clone()
            },
            Self::Nvd => CveScore { nvd: text(nvd), rated_at: new.modified, ..known.clone() },
        }
    }
}

fn read_scores_of(
    source: ScoreSource,
    documents: Bytes,
    sender: &Sender<Vec<ScoredCve>>,
) -> Result<Refused, Failure> {
    // No CVE twice: the second would be compared with what was there before the first.
    let mut batch: BTreeMap<Name, ScoredCve> = BTreeMap::new();
    let send = |batch: &mut BTreeMap<Name, ScoredCve>| {
        let batch: Vec<ScoredCve> = std::mem::take(batch).into_values().collect();
        if !batch.is_empty() {
            // A writer that failed has gone, and its failure is the answer.
            sender.blocking_send(batch).ok();
        }
    };
    let read = each_line(inflated(documents), |line| {
        for cve in source.parse(line)? {
            if batch.len() == BATCH || batch.contains_key(&cve.id) {
                send(&mut batch);
            }
            batch.insert(cve.id.clone(), cve);
        }
        Ok(())
    });
    send(&mut batch);
    read.map_err(|error| invalid(&error))
}

fn write_batch(
    tx: &mut Tx<'_>,
    source: ScoreSource,
    batch: &[ScoredCve],
    now: Timestamp,
) -> Result<ImportedAdvisories, Failure> {
    let names: Vec<&str> = batch.iter().map(|cve| cve.id.as_str()).collect();
    let found = tx.find_cve_scores(&names)?;
    let mut imported = ImportedAdvisories::default();
    let mut scored = 0;
    for (cve, found) in batch.iter().zip(found) {
        let known = found.unwrap_or_default();
        let new = source.merge(&known, cve);
        let (before, after) = (source.scores(&known), source.scores(&new));
        if source.said_at(&known) > cve.modified {
            imported.outdated += 1;
        } else if !before && !after {
            imported.irrelevant += 1;
        } else if (&known.cna, &known.cisa, &known.nvd) == (&new.cna, &new.cisa, &new.nvd) {
            imported.unchanged += 1;
        } else {
            imported.added += u64::from(!before);
            imported.changed += u64::from(before);
            scored += i64::from(after) - i64::from(before);
            tx.put_cve_score(cve.id.as_str(), &new)?;
            imported.packages += tx.touch_packages_with(cve.id.as_str())? as u64;
        }
    }
    let Publisher { name, licence } = source.publisher();
    let newest = batch.iter().filter_map(|cve| cve.modified).max();
    tx.count_advisories(name, licence, scored, newest, now)?;
    if imported.packages > 0 {
        jobs::enqueue(tx, &JudgePackages {}, now, now)?;
    }
    Ok(imported)
}

/// How these CVEs are scored, of those that are.
pub(super) fn read_scores(
    tx: &mut Tx<'_>,
    cves: &BTreeSet<Name>,
) -> Result<BTreeMap<Name, CveScores>, DbError> {
    let cves: Vec<&Name> = cves.iter().collect();
    let mut scores = BTreeMap::new();
    for some in cves.chunks(BATCH) {
        let names: Vec<&str> = some.iter().map(|cve| cve.as_str()).collect();
        for (cve, found) in some.iter().zip(tx.find_cve_scores(&names)?) {
            if let Some(CveScore { cna, cisa, nvd, .. }) = found {
                let vector = |text: Option<String>| text?.parse().ok();
                let read = CveScores { cna: vector(cna), cisa: vector(cisa), nvd: vector(nvd) };
                scores.insert((*cve).clone(), read);
            }
        }
    }
    Ok(scores)
}
