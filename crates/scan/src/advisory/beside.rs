//! What stands beside advisories: scores of the CVE List and of NVD, CISA's list of what is
//! exploited, and EPSS.

use std::collections::BTreeSet;

use names::Timestamp;
use serde::Deserialize;

use super::malformed::{ADVISORY_BYTES_MAX, BadAdvisory, malformed};
use super::moment;
use super::rating::CveScores;
use super::severity::CvssVector;
use crate::words::Name;

/// Today's list has 1,500 entries.
const EXPLOITED_MAX: usize = 1_000_000;
/// EPSS has a line for each CVE: 300,000 today, some 25 bytes each.
const EPSS_LINES_MAX: usize = 10_000_000;

/// How CISA's part of a record calls itself.
const CISA: &str = "CISA-ADP";

#[derive(Deserialize)]
struct CveRecord {
    #[serde(rename = "cveMetadata")]
    metadata: CveMetadata,
    containers: Option<Containers>,
}

#[derive(Deserialize)]
struct CveMetadata {
    #[serde(rename = "cveId")]
    id: String,
    #[serde(rename = "dateUpdated")]
    updated: Option<String>,
}

#[derive(Deserialize)]
struct Containers {
    cna: Option<Container>,
    #[serde(default)]
    adp: Vec<Container>,
}

#[derive(Deserialize)]
struct Container {
    #[serde(rename = "providerMetadata")]
    provider: Option<Provider>,
    #[serde(default)]
    metrics: Vec<Metric>,
}

#[derive(Deserialize)]
struct Provider {
    #[serde(rename = "shortName")]
    short_name: Option<String>,
}

#[derive(Deserialize)]
struct Metric {
    #[serde(rename = "cvssV4_0")]
    v4: Option<Scored>,
    #[serde(rename = "cvssV3_1")]
    v31: Option<Scored>,
    #[serde(rename = "cvssV3_0")]
    v30: Option<Scored>,
    #[serde(rename = "cvssV2_0")]
    v2: Option<Scored>,
}

#[derive(Deserialize)]
struct Scored {
    #[serde(rename = "vectorString")]
    vector: Option<String>,
}

/// What a source says of a CVE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredCve {
    /// The CVE.
    pub id: Name,
    /// How the source scores it. What other sources say is not in here.
    pub scores: CveScores,
    /// When the source last changed that.
    pub modified: Option<Timestamp>,
}

/// Reads a record of the CVE List, JSON 5.x: the scores of two.
pub fn parse_cve(bytes: &[u8]) -> Result<ScoredCve, BadAdvisory> {
    let record: CveRecord = json(bytes)?;
    let id = Name::parse(&record.metadata.id).map_err(malformed)?;
    let mut scores = CveScores::default();
    if let Some(Containers { cna, adp }) = record.containers {
        scores.cna = cna.as_ref().and_then(best);
        let is_cisa = |container: &&Container| {
            let provider = container.provider.as_ref();
            provider.and_then(|provider| provider.short_name.as_deref()) == Some(CISA)
        };
        scores.cisa = adp.iter().find(is_cisa).and_then(best);
    }
    let modified = record.metadata.updated.as_deref().and_then(moment::parse_utc);
    Ok(ScoredCve { id, scores, modified })
}

/// The vector of the newest CVSS.
fn best(container: &Container) -> Option<CvssVector> {
    let scored = container.metrics.iter().flat_map(|metric| {
        [&metric.v4, &metric.v31, &metric.v30, &metric.v2].into_iter().flatten()
    });
    let vectors = scored.filter_map(|scored| scored.vector.as_ref()?.parse().ok());
    vectors.max_by_key(CvssVector::version)
}

/// A page, or an entry of one.
#[derive(Deserialize)]
struct NvdPage {
    vulnerabilities: Option<Vec<NvdEntry>>,
    cve: Option<NvdCve>,
}

#[derive(Deserialize)]
struct NvdEntry {
    cve: NvdCve,
}

#[derive(Deserialize)]
struct NvdCve {
    id: String,
    #[serde(rename = "lastModified")]
    modified: Option<String>,
    metrics: Option<NvdMetrics>,
}

#[derive(Default, Deserialize)]
struct NvdMetrics {
    #[serde(rename = "cvssMetricV40", default)]
    v4: Vec<NvdMetric>,
    #[serde(rename = "cvssMetricV31", default)]
    v31: Vec<NvdMetric>,
    #[serde(rename = "cvssMetricV30", default)]
    v30: Vec<NvdMetric>,
    #[serde(rename = "cvssMetricV2", default)]
    v2: Vec<NvdMetric>,
}

#[derive(Deserialize)]
struct NvdMetric {
    /// `Primary` is NVD's own; the others repeat what the CVE List has.
    r#type: Option<String>,
    #[serde(rename = "cvssData")]
    scored: Scored,
}

/// Reads a page of NVD's feed or API, version 2.0, or one of its entries: the scores that NVD gave
/// itself.
pub fn parse_nvd(bytes: &[u8]) -> Result<Vec<ScoredCve>, BadAdvisory> {
    let entries = match json(bytes)? {
        NvdPage { vulnerabilities: Some(entries), .. } => entries,
        NvdPage { vulnerabilities: None, cve: Some(cve) } => vec![NvdEntry { cve }],
        NvdPage { vulnerabilities: None, cve: None } => return Err(malformed("no page of NVD")),
    };
    let scored = entries.into_iter().filter_map(|NvdEntry { cve }| {
        let NvdMetrics { v4, v31, v30, v2 } = cve.metrics.unwrap_or_default();
        let own = [v4, v31, v30, v2].into_iter().flatten();
        let own = own.filter(|metric| metric.r#type.as_deref() == Some("Primary"));
        let vectors = own.filter_map(|metric| metric.scored.vector?.parse().ok());
        let nvd = vectors.max_by_key(CvssVector::version);
        Some(ScoredCve {
            id: Name::parse(&cve.id).ok()?,
            scores: CveScores { nvd, ..CveScores::default() },
            modified: cve.modified.as_deref().and_then(moment::parse_utc),
        })
    });
    Ok(scored.collect())
}

#[derive(Deserialize)]
struct Catalogue {
    #[serde(rename = "dateReleased")]
    released: Option<String>,
    vulnerabilities: Vec<ExploitedEntry>,
}

#[derive(Deserialize)]
struct ExploitedEntry {
    #[serde(rename = "cveID")]
    id: String,
}

/// What is known to be exploited: all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExploitedCves {
    /// When the list was made.
    pub released: Option<Timestamp>,
    /// The CVEs; never none.
    pub ids: BTreeSet<Name>,
}

/// Reads CISA's catalogue of known exploited vulnerabilities (KEV), in JSON. One that lists nothing
/// is none: it would take back all that is known.
pub fn parse_kev(bytes: &[u8]) -> Result<ExploitedCves, BadAdvisory> {
    let catalogue: Catalogue = json(bytes)?;
    let entries = catalogue.vulnerabilities.iter().take(EXPLOITED_MAX);
    let ids: BTreeSet<Name> = entries.filter_map(|entry| Name::parse(&entry.id).ok()).collect();
    if ids.is_empty() {
        return Err(malformed("the catalogue lists nothing"));
    }
    let released = catalogue.released.as_deref().and_then(moment::parse_utc);
    Ok(ExploitedCves { released, ids })
}

/// How likely it is that a CVE is exploited within 30 days, and how many CVEs are less likely to
/// be; both in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epss {
    /// The likelihood.
    pub probability_millionths: u32,
    /// The part of all CVEs that are less likely.
    pub percentile_millionths: u32,
}

/// EPSS's list of a day, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpssScores {
    /// The day.
    pub day: Option<Timestamp>,
    /// Its lines.
    pub scores: Vec<(Name, Epss)>,
}

/// Reads EPSS's list of a day, in CSV: `cve,epss,percentile`. Lines that make no sense are passed
/// over; the list makes none if it does not begin as it should.
pub fn parse_epss(text: &str) -> Result<EpssScores, BadAdvisory> {
    let mut day = None;
    let mut lines = text.lines().filter(|line| match line.strip_prefix('#') {
        Some(comment) => {
            day = day.or_else(|| day_of(comment));
            false
        }
        None => true,
    });
    if lines.next().map(str::trim) != Some("cve,epss,percentile") {
        return Err(malformed("no list of EPSS"));
    }
    let read = |line: &str| {
        let mut columns = line.trim().split(',');
        let id = Name::parse(columns.next()?).ok()?;
        let probability_millionths = millionths(columns.next()?)?;
        let percentile_millionths = millionths(columns.next()?)?;
        Some((id, Epss { probability_millionths, percentile_millionths }))
    };
    let scores = lines.take(EPSS_LINES_MAX).filter_map(read).collect();
    Ok(EpssScores { day, scores })
}

/// The day of `model_version:v2025.03.14,score_date:2026-11-20T00:00:00+0000`.
fn day_of(comment: &str) -> Option<Timestamp> {
    let moment = comment.split(',').find_map(|part| part.trim().strip_prefix("score_date:"))?;
    moment::parse(&format!("{}T00:00:00Z", moment.get(..10)?))
}

fn millionths(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok().filter(|number| (0.0..=1.0).contains(number))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and a million"
    )]
    Some((number * 1_000_000.0).round() as u32)
}

fn json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, BadAdvisory> {
    if bytes.len() > ADVISORY_BYTES_MAX {
        return Err(BadAdvisory::TooLong);
    }
    serde_json::from_slice(bytes).map_err(malformed)
}
