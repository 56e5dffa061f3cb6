//! ImportAdvisories: of our own service.
//!
//! Documents are read on a thread of their own, and written in batches of a bounded size. An
//! advisory that is as it was writes nothing; one that changed makes just those packages be judged
//! again that its old or its new form names. A crash leaves the batches that were written, and the
//! same import again writes the rest.

use std::collections::BTreeSet;
use std::io::BufRead;

use bytes::Bytes;
use db::{ImageKey, NewAdvisory, Tx};
use names::Timestamp;
use scan::{Advisory, Ecosystem, Publisher, parse_osv, read_updateinfo};
use tokio::sync::mpsc::{self, Sender};
use tokio::task::spawn_blocking;

use super::advisory_rows::rows_of;
use super::cve_scores::ScoreSource;
use super::documents::{Refused, each_line, inflated, invalid};
use super::imported_advisories::ImportedAdvisories;
use crate::jobs::conclude_scans::ConcludeScans;
use crate::jobs::judge_packages::JudgePackages;
use crate::{Failure, Fault, Operations};

/// How documents of advisories are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdvisoryFormat {
    /// Records of OSV in JSON, one a line.
    Osv,
    /// `updateinfo.xml` of a repository of rpm packages of this ecosystem.
    UpdateInfo(Ecosystem),
    /// Records of the CVE List in JSON, one a line: how CVEs are scored.
    CveList,
    /// Pages of NVD in JSON, or entries of them, one a line: how CVEs are scored.
    Nvd,
    /// CISA's catalogue of known exploited vulnerabilities, in JSON.
    Kev,
    /// EPSS's list of a day, in CSV: how likely CVEs are exploited.
    Epss,
}

/// Advisories that one transaction writes at most.
const BATCH: usize = 200;
/// Their bytes.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

impl Operations {
    /// Imports advisories from documents, which may be compressed with gzip.
    pub async fn import_advisories(
        &self,
        format: AdvisoryFormat,
        documents: Bytes,
    ) -> Result<ImportedAdvisories, Failure> {
        self.require_writable()?;
        match format {
            AdvisoryFormat::Osv | AdvisoryFormat::UpdateInfo(_) => {}
            AdvisoryFormat::CveList => {
                return self.import_scores(ScoreSource::List, documents).await;
            }
            AdvisoryFormat::Nvd => return self.import_scores(ScoreSource::Nvd, documents).await,
            AdvisoryFormat::Kev => return self.import_exploited(documents).await,
            AdvisoryFormat::Epss => return self.import_epss(documents).await,
        }
        let (batches, mut read) = mpsc::channel(1);
        let reading = spawn_blocking(move || read_documents(&format, documents, batches));
        let mut imported = ImportedAdvisories::default();
        while let Some(batch) = read.recv().await {
            imported.add(&self.write_advisories(batch).await?);
        }
        let refused = reading.await.map_err(|error| Fault::Broken(error.into()));
        let refused = refused.map_err(Failure::Fault)??;
        imported.refused = refused.count;
        imported.refusals = refused.told;
        Ok(imported)
    }

    async fn write_advisories(
        &self,
        batch: Vec<NewAdvisory>,
    ) -> Result<ImportedAdvisories, Failure> {
        let now = self.now();
        self.db.write(move |tx| write_batch(tx, &batch, now)).await
    }
}

fn write_batch(
    tx: &mut Tx<'_>,
    batch: &[NewAdvisory],
    now: Timestamp,
) -> Result<ImportedAdvisories, Failure> {
    let names: Vec<&str> = batch.iter().map(|new| new.name.as_str()).collect();
    let known = tx.find_advisories(&names)?;
    let mut imported = ImportedAdvisories::default();
    let mut touched = BTreeSet::new();
    let mut ecosystems = BTreeSet::new();
    for (new, known) in batch.iter().zip(known) {
        match &known {
            Some(known) if known.digest == new.digest => imported.unchanged += 1,
            Some(known) if known.modified_at > new.modified_at => imported.outdated += 1,
            None if new.packages.is_empty() => imported.irrelevant += 1,
            _ => {
                if let Some(known) = &known {
                    touched.extend(tx.list_advisory_packages(known.key)?);
                    tx.delete_advisory_packages(known.key)?;
                    imported.changed += 1;
                }
                imported.added += u64::from(known.is_none());
                count_source(tx, new, i64::from(known.is_none()), now)?;
                let key = tx.put_advisory(new)?;
                for package in &new.packages {
                    tx.insert_advisory_package(key, package)?;
                    touched.insert((package.ecosystem.clone(), package.name.clone()));
                    ecosystems.insert(package.ecosystem.clone());
                }
            }
        }
    }
    for (ecosystem, name) in &touched {
        imported.packages += tx.touch_packages(ecosystem, name)? as u64;
    }
    if imported.packages > 0 {
        jobs::enqueue(tx, &JudgePackages {}, now, now)?;
    }
    for ecosystem in ecosystems {
        if !tx.list_awaiting_images(&ecosystem, ImageKey(0), 1)?.is_empty() {
            jobs::enqueue(tx, &ConcludeScans { ecosystem }, now, now)?;
        }
    }
    Ok(imported)
}

fn count_source(
    tx: &mut Tx<'_>,
    new: &NewAdvisory,
    added: i64,
    now: Timestamp,
) -> Result<(), Failure> {
    let licence = Publisher::licence_of(&new.source);
    Ok(tx.count_advisories(&new.source, licence, added, new.modified_at, now)?)
}

/// Collects advisories into batches.
struct Batches {
    batch: Vec<NewAdvisory>,
    names: BTreeSet<String>,
    bytes: usize,
    sender: Sender<Vec<NewAdvisory>>,
}

impl Batches {
    fn add(&mut self, advisory: Advisory, publisher: Publisher) {
        let new = rows_of(advisory, publisher);
        if self.batch.len() == BATCH || self.bytes > BATCH_BYTES || self.names.contains(&new.name) {
            self.send();
        }
        let affected: usize = new.packages.iter().map(|package| package.affected.len()).sum();
        self.bytes += new.document.len() + affected;
        self.names.insert(new.name.clone());
        self.batch.push(new);
    }

    fn send(&mut self) {
        self.names.clear();
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        if !batch.is_empty() {
            // A writer that failed has gone, and its failure is the answer.
            self.sender.blocking_send(batch).ok();
        }
    }
}

fn read_documents(
    format: &AdvisoryFormat,
    documents: Bytes,
    sender: Sender<Vec<NewAdvisory>>,
) -> Result<Refused, Failure> {
    let (batch, names) = (Vec::with_capacity(BATCH), BTreeSet::new());
    let mut batches = Batches { batch, names, bytes: 0, sender };
    let refused = read_plain(format, inflated(documents), &mut batches);
    batches.send();
    refused
}

fn read_plain(
    format: &AdvisoryFormat,
    documents: impl BufRead,
    batches: &mut Batches,
) -> Result<Refused, Failure> {
    if let AdvisoryFormat::UpdateInfo(ecosystem) = format {
        let publisher = Publisher::of_repositories(ecosystem.family());
        let take = |advisory| batches.add(advisory, publisher);
        let passed_over = read_updateinfo(documents, ecosystem, take).map_err(|e| invalid(&e))?;
        let mut refused = Refused::default();
        if passed_over > 0 {
            refused.add(format!("{passed_over} updates make no sense"));
            refused.count = passed_over;
        }
        return Ok(refused);
    }
    let read = each_line(documents, |line| {
        let advisory = parse_osv(line)?;
        let publisher = Publisher::of(advisory.id.as_str());
        batches.add(advisory, publisher);
        Ok(())
    });
    read.map_err(|error| invalid(&error))
}
