//! Records of OSV, schema 1.x. Unknown fields are passed over, and so are packages of unknown
//! ecosystems.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::ecosystem::{Ecosystem, Family};
use super::malformed::{ADVISORY_BYTES_MAX, BadAdvisory, cut, malformed};
use super::moment;
use super::package_key::PackageKey;
use super::record::{Advisory, Affected, Event, Range, RangeKind};
use super::severity::{Rating, Scale};
use crate::words::{Name, Version};

const SUMMARY_CHARS_MAX: usize = 512;
const DETAILS_CHARS_MAX: usize = 16 * 1024;
const REFERENCES_MAX: usize = 200;
const REFERENCE_BYTES_MAX: usize = 2048;
const IDS_MAX: usize = 1000;
/// More than the packages of all releases of a distribution that share one flaw.
const AFFECTED_MAX: usize = 100_000;

#[derive(Deserialize)]
struct Record {
    id: String,
    modified: Option<String>,
    published: Option<String>,
    withdrawn: Option<String>,
    #[serde(default)]
    aliases: Option<Vec<String>>,
    #[serde(default)]
    upstream: Option<Vec<String>>,
    #[serde(default)]
    related: Option<Vec<String>>,
    summary: Option<String>,
    details: Option<String>,
    #[serde(default)]
    severity: Option<Vec<RecordSeverity>>,
    #[serde(default)]
    affected: Option<Vec<RecordAffected>>,
    #[serde(default)]
    references: Option<Vec<RecordReference>>,
    database_specific: Option<Value>,
}

#[derive(Deserialize)]
struct RecordSeverity {
    r#type: String,
    score: String,
}

#[derive(Deserialize)]
struct RecordReference {
    url: String,
}

#[derive(Deserialize)]
struct RecordAffected {
    package: Option<RecordPackage>,
    #[serde(default)]
    severity: Option<Vec<RecordSeverity>>,
    #[serde(default)]
    ranges: Option<Vec<RecordRange>>,
    #[serde(default)]
    versions: Option<Vec<String>>,
    ecosystem_specific: Option<Value>,
    database_specific: Option<Value>,
}

#[derive(Deserialize)]
struct RecordPackage {
    ecosystem: String,
    name: String,
}

#[derive(Deserialize)]
struct RecordRange {
    r#type: String,
    events: Vec<BTreeMap<String, String>>,
}

/// Reads a record of OSV, in JSON.
pub fn parse_osv(bytes: &[u8]) -> Result<Advisory, BadAdvisory> {
    if bytes.len() > ADVISORY_BYTES_MAX {
        return Err(BadAdvisory::TooLong);
    }
    let record: Record = serde_json::from_slice(bytes).map_err(malformed)?;
    let id = Name::parse(&record.id).map_err(malformed)?;
    let mut affected = record.affected.unwrap_or_default();
    if is_update_without_security(id.as_str()) {
        affected.clear();
    }
    if affected.len() > AFFECTED_MAX {
        return Err(malformed("too many affected packages"));
    }
    let mut ratings = ratings(record.severity.unwrap_or_default());
    let word = text_of(record.database_specific.as_ref(), "severity");
    ratings.extend(word.map(|word| Rating::Word(Scale::GitHub, cut(word, SUMMARY_CHARS_MAX))));
    let summary = cut(record.summary.as_deref().unwrap_or_default(), SUMMARY_CHARS_MAX);
    let mut upstream = ids(record.upstream);
    // Errata of some sources name their CVEs as related alone.
    let related = ids(record.related);
    upstream.extend(related.into_iter().filter(|id| id.as_str().starts_with("CVE-")));
    let aliases = ids(record.aliases);
    if let Some(cve) = cve_within(id.as_str())
        && !aliases.contains(&cve)
        && !upstream.contains(&cve)
    {
        upstream.insert(0, cve);
    }
    let moment = |text: Option<String>| text.as_deref().and_then(moment::parse);
    let affected: Vec<_> = affected.into_iter().map(|one| read_affected(one, &summary)).collect();
    Ok(Advisory {
        id,
        aliases,
        upstream,
        published: moment(record.published),
        modified: moment(record.modified),
        withdrawn: read_withdrawn(record.withdrawn.as_deref())?,
        details: cut(record.details.as_deref().unwrap_or_default(), DETAILS_CHARS_MAX),
        references: references(record.references.unwrap_or_default()),
        ratings,
        affected: affected
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect(),
        summary,
    })
}

/// Distributions publish updates that mend bugs or bring features in the same form: `ALBA-…` and
/// `RHEA-…`, beside `ALSA-…`.
fn is_update_without_security(id: &str) -> bool {
    let kind = id.split_once('-').map_or("", |(kind, _)| kind);
    let of = |end: &str| kind.len() == 4 && kind.ends_with(end);
    let is_of_rpm = matches!(kind.get(..2), Some("AL" | "EL" | "RH" | "RL" | "OS" | "CE"));
    is_of_rpm && (of("BA") || of("EA"))
}

/// A record that says in any way that it is withdrawn must be understood.
fn read_withdrawn(text: Option<&str>) -> Result<Option<names::Timestamp>, BadAdvisory> {
    let read = |text| moment::parse(text).ok_or_else(|| malformed("withdrawn at no moment"));
    text.map(read).transpose()
}

/// What a record affects, if we know the ecosystem.
fn read_affected(record: RecordAffected, summary: &str) -> Result<Option<Affected>, BadAdvisory> {
    let Some(RecordPackage { ecosystem, name }) = record.package else { return Ok(None) };
    let Ok(ecosystem) = ecosystem.parse::<Ecosystem>() else { return Ok(None) };
    // RustSec's note that a crate is unmaintained is no vulnerability.
    if text_of(record.database_specific.as_ref(), "informational").is_some() {
        return Ok(None);
    }
    let family = ecosystem.family();
    let mut ratings = ratings(record.severity.unwrap_or_default());
    ratings.extend(own_word(family, record.ecosystem_specific.as_ref(), summary));
    let key = PackageKey::new(ecosystem, &name).map_err(malformed)?;
    let ranges = record.ranges.unwrap_or_default().into_iter().map(read_range);
    let versions = record.versions.unwrap_or_default();
    Ok(Some(Affected {
        key,
        arch: None,
        module: None,
        ranges: ranges.collect::<Result<_, _>>()?,
        // A version that cannot be one is that of no package.
        versions: versions.iter().filter_map(|version| Version::parse(version).ok()).collect(),
        ratings,
    }))
}

/// The word by which a distribution rates, where OSV has no place for it.
fn own_word(family: Family, specific: Option<&Value>, summary: &str) -> Option<Rating> {
    let (scale, word) = match family {
        Family::Debian => (Scale::Debian, text_of(specific, "urgency")?),
        Family::AlmaLinux | Family::RockyLinux | Family::RedHat | Family::OracleLinux => {
            (Scale::Impact, summary.split_once(':').map(|(word, _)| word)?)
        }
        _ => return None,
    };
    let is_word = word.len() <= 32 && !word.contains(char::is_control);
    is_word.then(|| Rating::Word(scale, word.trim().to_owned()))
}

fn text_of<'a>(value: Option<&'a Value>, key: &str) -> Option<&'a str> {
    value?.get(key)?.as_str()
}

fn read_range(record: RecordRange) -> Result<Range, BadAdvisory> {
    let kind = match record.r#type.as_str() {
        "SEMVER" => RangeKind::Semver,
        "ECOSYSTEM" => RangeKind::Ecosystem,
        "GIT" => RangeKind::Git,
        _ => return Err(malformed("a range of an unknown type")),
    };
    let events = record.events.into_iter().flatten().map(|(event, at)| read_event(&event, &at));
    Ok(Range { kind, events: events.collect::<Result<_, _>>()? })
}

fn read_event(event: &str, at: &str) -> Result<Event, BadAdvisory> {
    if event == "introduced" && at == "0" {
        return Ok(Event::IntroducedFirst);
    }
    let version = Version::parse(at).map_err(malformed)?;
    match event {
        "introduced" => Ok(Event::Introduced(version)),
        "fixed" => Ok(Event::Fixed(version)),
        "last_affected" => Ok(Event::LastAffected(version)),
        "limit" => Ok(Event::Limit(version)),
        _ => Err(malformed("an event of an unknown type")),
    }
}

/// Vectors that are understood, and words of distributions that have a type of their own.
fn ratings(records: Vec<RecordSeverity>) -> Vec<Rating> {
    let rating = |record: RecordSeverity| match record.r#type.as_str() {
        "Ubuntu" => Some(Rating::Word(Scale::Ubuntu, cut(&record.score, 32))),
        "CVSS_V2" | "CVSS_V3" | "CVSS_V4" => record.score.parse().ok().map(Rating::Cvss),
        _ => None,
    };
    records.into_iter().filter_map(rating).take(IDS_MAX).collect()
}

fn ids(texts: Option<Vec<String>>) -> Vec<Name> {
    let texts = texts.unwrap_or_default();
    texts.iter().filter_map(|text| Name::parse(text).ok()).take(IDS_MAX).collect()
}

/// `CVE-2024-1234` of `DEBIAN-CVE-2024-1234`.
fn cve_within(id: &str) -> Option<Name> {
    let at = id.find("-CVE-")?;
    Name::parse(&id[at + 1..]).ok()
}

fn references(records: Vec<RecordReference>) -> Vec<String> {
    let is_good =
        |url: &String| url.len() <= REFERENCE_BYTES_MAX && !url.contains(char::is_control);
    let urls = records.into_iter().map(|record| record.url).filter(is_good);
    urls.take(REFERENCES_MAX).collect()
}
