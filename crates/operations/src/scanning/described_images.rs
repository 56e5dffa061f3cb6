//! Scans as DescribeImages shows them.

use db::{DbError, Image, ImageKey, ImageScan, Tx};
use names::{ImageStatus, RegistryId, ScanStatus, Timestamp};

use super::configuration::ScanningConfiguration;
use super::describe_image_scan_findings::SourceMoments;

/// A scan, and when the source of advisories for it last changed one.
type DescribedScan = (ImageScan, Option<Timestamp>);

/// The last scan of each of these images, and when the source of advisories for it last changed
/// one.
pub(crate) fn describe_scans(
    tx: &mut Tx<'_>,
    registry: &RegistryId,
    images: &[Image],
) -> Result<Vec<Option<DescribedScan>>, DbError> {
    if !images.iter().any(|image| image.has_scans) {
        return Ok(images.iter().map(|_| None).collect());
    }
    let keys: Vec<ImageKey> = images.iter().map(|image| image.key).collect();
    let scan_type = ScanningConfiguration::find(tx, registry)?.scan_type;
    let scans = tx.find_scans_of_each(&keys, scan_type)?;
    if scans.iter().all(Option::is_none) {
        return Ok(scans.iter().map(|_| None).collect());
    }
    let moments = SourceMoments::read(tx)?;
    let with_moment = |(scan, image): (Option<ImageScan>, &Image)| {
        let mut scan = scan?;
        if image.status == ImageStatus::Archived {
            scan.status = ScanStatus::ImageArchived;
            scan.counts = None;
        }
        let moment = moments.of(scan.source.as_deref());
        Some((scan, moment))
    };
    Ok(scans.into_iter().zip(images).map(with_moment).collect())
}

/// Counts as a scan has them.
pub fn severity_counts(scan: &ImageScan) -> Option<super::findings::SeverityCounts> {
    scan.counts.as_deref().map(super::findings::read_counts)
}
