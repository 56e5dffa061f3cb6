//! DescribeImageScanFindings.

use db::{
    AdvisorySource, DbError, Image, ImagePackage, PackageFinding, PackageKey, Repository, Tx,
};
use names::{
    Digest, ImageId, ImageStatus, ImageTag, RepositoryArn, ScanStatus, ScanType, Timestamp,
};
use scan::{
    Advisory, CvssVector, Ecosystem, Epss, Family, Name, Package, Publisher, Rated, Severity,
    Version,
};

use super::advisory_rows::read_document;
use super::beside::Beside;
use super::configuration::ScanningConfiguration;
use super::findings::{FindingPlace, SeverityCounts, groups, read_counts};
use super::inventory::{StoredPackage, find_stored};
use super::judging::StoredFinding;
use crate::image::find_named::find_named;
use crate::operations::require_repository;
use crate::{Failure, ImageRefusal, Operations, ScanningRefusal};

/// Where a package is told to be at most.
const PLACES_MAX: u32 = 50;

/// How many sources there can be: a few for each distribution and language.
const SOURCES_MAX: u32 = 1000;

/// The scan of an image, with a page of its findings.
#[derive(Debug, Clone)]
pub struct DescribedScan {
    /// The image.
    pub image: ScannedImage,
    /// The type of the scan.
    pub scan_type: ScanType,
    /// How far it is.
    pub status: ScanStatus,
    /// The status in a sentence; empty if there is nothing to say.
    pub description: String,
    /// When it came to its end, if it has findings.
    pub completed_at: Option<Timestamp>,
    /// When the source of advisories last changed one.
    pub source_updated_at: Option<Timestamp>,
    /// How many findings there are, if the scan has come to its end.
    pub counts: Option<SeverityCounts>,
    /// One more than the page shows, if there are more.
    pub findings: Vec<DescribedFinding>,
}

/// An image that findings are about.
#[derive(Debug, Clone)]
pub struct ScannedImage {
    /// Its digest.
    pub digest: Digest,
    /// Its tags.
    pub tags: Vec<ImageTag>,
    /// When it was first pushed.
    pub pushed_at: Timestamp,
    /// When it was last pulled.
    pub pulled_at: Option<Timestamp>,
    /// ECR's name of its operating system.
    pub platform: Option<String>,
}

/// A finding.
#[derive(Debug, Clone)]
pub struct DescribedFinding {
    /// Its place in the order of findings.
    pub place: FindingPlace,
    /// The advisory, as far as it is still there.
    pub advisory: Option<Advisory>,
    /// The identifier of the advisory.
    pub advisory_id: String,
    /// Whose it is, in ECR's words.
    pub source: &'static str,
    /// The page on the vulnerability.
    pub uri: String,
    /// Other identifiers.
    pub related: Vec<Name>,
    /// The first version without it.
    pub fixed_in: Option<Version>,
    /// How severe it is, and on whose word.
    pub rated: Rated,
    /// All vectors, with their sources; that which counts first.
    pub vectors: Vec<(CvssVector, &'static str)>,
    /// Whether it is known to be exploited; `None` if there is no list of that.
    pub is_exploited: Option<bool>,
    /// How likely it is exploited.
    pub epss: Option<Epss>,
    /// Since when it is known of this image.
    pub first_observed_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// The packages, and where they are.
    pub packages: Vec<VulnerablePlace>,
}

/// A vulnerable package in a place of the image.
#[derive(Debug, Clone)]
pub struct VulnerablePlace {
    /// The package.
    pub package: Package,
    /// The file that names it.
    pub path: String,
    /// The layer that brought it.
    pub layer: Digest,
    /// The first version without the vulnerability.
    pub fixed_in: Option<Version>,
}

impl Operations {
    /// The last scan of an image, and its findings from after `after` on.
    pub async fn describe_image_scan_findings(
        &self,
        arn: &RepositoryArn,
        id: ImageId,
        after: Option<FindingPlace>,
        limit: u32,
    ) -> Result<DescribedScan, Failure> {
        let arn = arn.clone();
        let describe =
            move |tx: &mut Tx<'_>| describe(tx, &arn, &id, after.as_ref(), limit as usize);
        self.db.read_at_length(describe).await
    }
}

/// The image that an id names, or the refusal that it is not there.
pub(crate) fn require_image(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    id: &ImageId,
) -> Result<(Repository, Image), Failure> {
    let repository = require_repository(tx, arn)?;
    let found = find_named(tx, &repository, id)?.filter(|image| id.allows(&image.digest));
    let image = found
        .ok_or_else(|| ImageRefusal::NotFound { repository: arn.clone(), image: id.clone() })?;
    Ok((repository, image))
}

fn describe(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    id: &ImageId,
    after: Option<&FindingPlace>,
    limit: usize,
) -> Result<DescribedScan, Failure> {
    let (_, image) = require_image(tx, arn, id)?;
    let scan_type = ScanningConfiguration::find(tx, &arn.registry)?.scan_type;
    let scan = tx.find_image_scan(image.key, scan_type)?;
    let not_found = || ScanningRefusal::ScanNotFound { repository: arn.clone(), image: id.clone() };
    let scan = scan.ok_or_else(not_found)?;
    let stored = find_stored(tx, image.key)?;
    let release = stored.as_ref().and_then(|(stored, _)| stored.release.as_ref());
    let mut described = DescribedScan {
        image: ScannedImage {
            digest: image.digest.clone(),
            tags: tx.list_tags_of(image.key)?,
            pushed_at: image.pushed_at,
            pulled_at: image.pulled_at,
            platform: release.map(scan::OsRelease::platform),
        },
        scan_type,
        status: scan.status,
        description: scan.description,
        completed_at: None,
        source_updated_at: None,
        counts: None,
        findings: Vec::new(),
    };
    if image.status == ImageStatus::Archived {
        described.status = ScanStatus::ImageArchived;
        "The image is archived.".clone_into(&mut described.description);
        return Ok(described);
    }
    let (Some(counts), Some((_, made_at))) = (scan.counts, stored) else {
        return Ok(described);
    };
    described.completed_at = scan.ended_at;
    described.counts = Some(read_counts(&counts));
    described.source_updated_at = SourceMoments::read(tx)?.of(scan.source.as_deref());
    let groups = groups(tx, image.key, scan_type)?;
    let from = after.map_or(std::ops::Bound::Unbounded, std::ops::Bound::Excluded);
    let page: Vec<_> = groups.range((from, std::ops::Bound::Unbounded)).take(limit).collect();
    let names = page.iter().filter_map(|(place, _)| Name::parse(&place.vulnerability).ok());
    let beside = Beside::read(tx, &names.collect())?;
    for (place, packages) in page {
        let finding = describe_finding(tx, &image, place, packages, made_at, &beside)?;
        described.findings.extend(finding);
    }
    Ok(described)
}

/// When the sources of advisories last changed one.
pub(crate) struct SourceMoments(Vec<AdvisorySource>);

impl SourceMoments {
    pub(crate) fn read(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        Ok(Self(tx.list_advisory_sources(None, SOURCES_MAX)?))
    }

    /// That of the source which speaks of an operating system, or of the newest that has
    /// advisories.
    pub(crate) fn of(&self, source: Option<&str>) -> Option<Timestamp> {
        if let Some(known) = self.0.iter().find(|known| source == Some(known.name.as_str())) {
            return known.modified_at;
        }
        let has_advisories = |known: &&AdvisorySource| Publisher::has_advisories(&known.name);
        self.0.iter().filter(has_advisories).filter_map(|known| known.modified_at).max()
    }
}

fn describe_finding(
    tx: &mut Tx<'_>,
    image: &Image,
    place: &FindingPlace,
    packages: &[PackageKey],
    made_at: Timestamp,
    beside: &Beside,
) -> Result<Option<DescribedFinding>, DbError> {
    let named: Vec<(PackageKey, &str)> =
        packages.iter().map(|package| (*package, place.vulnerability.as_str())).collect();
    let found = tx.find_package_findings(&named)?;
    let documents = tx.find_package_documents(packages)?;
    let mut first: Option<(PackageFinding, StoredFinding, StoredPackage)> = None;
    let mut places = Vec::new();
    for ((package, finding), document) in packages.iter().zip(found).zip(documents) {
        let (Some(finding), Some(document)) = (finding, document) else { continue };
        let read = (StoredFinding::read(&finding.document), StoredPackage::read(&document));
        let (Some(said), Some(stored)) = read else { continue };
        for ImagePackage { path, layer, .. } in
            tx.list_places_of_package(image.key, *package, PLACES_MAX)?
        {
            let (package, fixed_in) = (stored.package.clone(), said.fixed_in.clone());
            places.push(VulnerablePlace { package, path, layer, fixed_in });
        }
        first.get_or_insert((finding, said, stored));
    }
    let Some((finding, said, stored)) = first else { return Ok(None) };
    let family = family_of(&stored);
    let Ok(name) = Name::parse(&place.vulnerability) else { return Ok(None) };
    let rated = Rated {
        severity: Severity::of_rank(finding.severity).unwrap_or_default(),
        vendor_word: said.vendor_word,
        cvss: said.cvss,
        cvss_source: said.cvss_source.as_deref().and_then(cvss_source),
    };
    let advisory = tx.find_advisory_document(&finding.advisory)?;
    Ok(Some(DescribedFinding {
        place: place.clone(),
        advisory: advisory.and_then(|document| read_document(&document)),
        advisory_id: finding.advisory,
        source: family.map_or("OSV", Family::source),
        uri: family.map_or_else(String::new, |family| family.page_of(&name)),
        related: said.related,
        fixed_in: said.fixed_in,
        vectors: beside.vectors(&name, &rated),
        is_exploited: beside.is_exploited(&name),
        epss: beside.epss(&name),
        rated,
        first_observed_at: finding.observed_at.max(made_at),
        updated_at: finding.updated_at,
        packages: places,
    }))
}

/// Where a package comes from.
pub(crate) fn family_of(stored: &StoredPackage) -> Option<Family> {
    let ecosystem = Ecosystem::of_kind(stored.package.kind);
    ecosystem.as_ref().or(stored.os.as_ref()).map(Ecosystem::family)
}

/// The words of `scan`, which are not owned.
fn cvss_source(word: &str) -> Option<&'static str> {
    ["ADVISORY", "CVE", "CISA", "NVD"].into_iter().find(|known| *known == word)
}
