//! ImportAdvisories: of our own service.
//!
//! Documents are read on a thread of their own, and written in batches of a bounded size. An
//! advisory that is as it was writes nothing; one that changed makes just those packages be judged
//! again that its old or its new form names. A crash leaves the batches that were written, and the
//! same import again writes the rest.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};

use bytes::{Buf, Bytes};
use db::{ImageKey, NewAdvisory, Tx};
use flate2::bufread::MultiGzDecoder;
use names::Timestamp;
use scan::{ADVISORY_BYTES_MAX, Advisory, Ecosystem, Publisher, parse_osv, read_updateinfo};
use tokio::sync::mpsc::{self, Sender};
use tokio::task::spawn_blocking;

use super::advisory_rows::rows_of;
use crate::jobs::conclude_scans::ConcludeScans;
use crate::jobs::judge_packages::JudgePackages;
use crate::{Failure, Fault, InvalidParameter, Operations};

/// How documents of advisories are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdvisoryFormat {
    /// Records of OSV in JSON, one a line.
    Osv,
    /// `updateinfo.xml` of a repository of rpm packages of this ecosystem.
    UpdateInfo(Ecosystem),
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedAdvisories {
    /// Advisories that were not there.
    pub added: u64,
    /// Advisories that said something else before.
    pub changed: u64,
    /// Advisories that are as they were.
    pub unchanged: u64,
    /// Advisories of which there is a newer form.
    pub outdated: u64,
    /// Advisories about packages that no image can have.
    pub irrelevant: u64,
    /// Documents that are no advisories.
    pub refused: u64,
    /// Why the first of them are none.
    pub refusals: Vec<String>,
    /// Packages of images that are judged again.
    pub packages: u64,
}

/// Advisories that one transaction writes at most.
const BATCH: usize = 200;
/// Their bytes.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// What documents may have after decompression. An updateinfo of today has 100 MiB.
const DOCUMENTS_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// How many refusals are told.
const REFUSALS_MAX: usize = 20;

impl Operations {
    /// Imports advisories from documents, which may be compressed with gzip.
    pub async fn import_advisories(
        &self,
        format: AdvisoryFormat,
        documents: Bytes,
    ) -> Result<ImportedAdvisories, Failure> {
        self.require_writable()?;
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

impl ImportedAdvisories {
    fn add(&mut self, other: &Self) {
        let Self { added, changed, unchanged, outdated, irrelevant, packages, .. } = other;
        self.added += added;
        self.changed += changed;
        self.unchanged += unchanged;
        self.outdated += outdated;
        self.irrelevant += irrelevant;
        self.packages += packages;
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
        let mut added = 0;
        match &known {
            Some(known) if known.digest == new.digest => imported.unchanged += 1,
            Some(known) if known.modified_at > new.modified_at => imported.outdated += 1,
            None if new.packages.is_empty() => imported.irrelevant += 1,
            _ => {
                if let Some(known) = &known {
                    touched.extend(tx.list_advisory_packages(known.key)?);
                    tx.delete_advisory_packages(known.key)?;
                    imported.changed += 1;
                } else {
                    added = 1;
                }
                count_source(tx, new, added, now)?;
                imported.added += added;
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
    added: u64,
    now: Timestamp,
) -> Result<(), Failure> {
    let licence = Publisher::licence_of(&new.source);
    Ok(tx.count_advisories(&new.source, licence, added, new.modified_at, now)?)
}

/// Documents that are no advisories.
#[derive(Default)]
struct Refused {
    count: u64,
    told: Vec<String>,
}

impl Refused {
    fn add(&mut self, why: String) {
        self.count += 1;
        if self.told.len() < REFUSALS_MAX {
            self.told.push(why);
        }
    }
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
    let is_compressed = documents.starts_with(&[0x1f, 0x8b]);
    let documents = documents.reader();
    let refused = if is_compressed {
        let plain = Capped { source: MultiGzDecoder::new(documents), left: DOCUMENTS_BYTES_MAX };
        read_plain(format, BufReader::new(plain), &mut batches)
    } else {
        read_plain(format, documents, &mut batches)
    };
    batches.send();
    refused
}

/// Fails where `take` would end: what is left out must be said.
struct Capped<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let why = format!("the documents have more than {DOCUMENTS_BYTES_MAX} bytes");
            io::Error::new(io::ErrorKind::InvalidData, why)
        })?;
        Ok(read)
    }
}

fn read_plain(
    format: &AdvisoryFormat,
    documents: impl BufRead,
    batches: &mut Batches,
) -> Result<Refused, Failure> {
    match format {
        AdvisoryFormat::Osv => read_records(documents, batches).map_err(|e| invalid(&e)),
        AdvisoryFormat::UpdateInfo(ecosystem) => {
            let publisher = Publisher::of_repositories(ecosystem.family());
            let take = |advisory| batches.add(advisory, publisher);
            let passed_over =
                read_updateinfo(documents, ecosystem, take).map_err(|e| invalid(&e))?;
            let mut refused = Refused::default();
            if passed_over > 0 {
                refused.add(format!("{passed_over} updates make no sense"));
                refused.count = passed_over;
            }
            Ok(refused)
        }
    }
}

fn invalid(why: &dyn std::error::Error) -> Failure {
    InvalidParameter { path: "Documents", constraint: why.to_string() }.into()
}

fn read_records(mut documents: impl BufRead, batches: &mut Batches) -> io::Result<Refused> {
    let mut refused = Refused::default();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let longest = ADVISORY_BYTES_MAX as u64 + 2;
        if documents.by_ref().take(longest).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.len() as u64 == longest {
            let why = format!("line {number} is longer than {ADVISORY_BYTES_MAX} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match parse_osv(line.trim_ascii()) {
            Ok(advisory) => {
                let publisher = Publisher::of(advisory.id.as_str());
                batches.add(advisory, publisher);
            }
            Err(error) => refused.add(format!("line {number}: {error}")),
        }
    }
    Ok(refused)
}
