//! What stands beside advisories: scores of the CVE List and of NVD, CISA's list of what is
//! exploited, and EPSS.

use serde::Deserialize;

use super::malformed::{ADVISORY_BYTES_MAX, BadAdvisory, malformed};
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

/// Reads a record of the CVE List, JSON 5.x: whose scores it has.
pub fn parse_cve(bytes: &[u8]) -> Result<(Name, CveScores), BadAdvisory> {
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
    Ok((id, scores))
}

/// The vector of the newest CVSS.
fn best(container: &Container) -> Option<CvssVector> {
    let scored = container.metrics.iter().flat_map(|metric| {
        [&metric.v4, &metric.v31, &metric.v30, &metric.v2].into_iter().flatten()
    });
    let vectors = scored.filter_map(|scored| scored.vector.as_ref()?.parse().ok());
    vectors.max_by_key(CvssVector::version)
}

#[derive(Deserialize)]
struct NvdPage {
    vulnerabilities: Vec<NvdEntry>,
}

#[derive(Deserialize)]
struct NvdEntry {
    cve: NvdCve,
}

#[derive(Deserialize)]
struct NvdCve {
    id: String,
    metrics: Option<NvdMetrics>,
}

#[derive(Deserialize)]
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

/// Reads a page of NVD's feed or API, version 2.0: the scores that NVD gave itself.
pub fn parse_nvd(bytes: &[u8]) -> Result<Vec<(Name, CvssVector)>, BadAdvisory> {
    let page: NvdPage = json(bytes)?;
    let scored = page.vulnerabilities.into_iter().filter_map(|NvdEntry { cve }| {
        let NvdMetrics { v4, v31, v30, v2 } = cve.metrics?;
        let own = [v4, v31, v30, v2].into_iter().flatten();
        let own = own.filter(|metric| metric.r#type.as_deref() == Some("Primary"));
        let vectors = own.filter_map(|metric| metric.scored.vector?.parse().ok());
        Some((Name::parse(&cve.id).ok()?, vectors.max_by_key(CvssVector::version)?))
    });
    Ok(scored.collect())
}

#[derive(Deserialize)]
struct Exploited {
    vulnerabilities: Vec<ExploitedEntry>,
}

#[derive(Deserialize)]
struct ExploitedEntry {
    #[serde(rename = "cveID")]
    id: String,
}

/// Reads CISA's catalogue of known exploited vulnerabilities (KEV), in JSON: which CVEs.
pub fn parse_kev(bytes: &[u8]) -> Result<Vec<Name>, BadAdvisory> {
    let catalogue: Exploited = json(bytes)?;
    let ids = catalogue.vulnerabilities.iter().take(EXPLOITED_MAX);
    Ok(ids.filter_map(|entry| Name::parse(&entry.id).ok()).collect())
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

/// Reads EPSS's list of a day, in CSV: `cve,epss,percentile`. Lines that make no sense are passed
/// over; the list makes none if it does not begin as it should.
pub fn parse_epss(text: &str) -> Result<Vec<(Name, Epss)>, BadAdvisory> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
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
    Ok(lines.take(EPSS_LINES_MAX).filter_map(read).collect())
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
