//! Members about scans that several operations share.

use std::collections::BTreeMap;

use names::{Digest, ImageId, ImageTag, ScanStatus, Timestamp};
use operations::{ImageScan, Severity, SeverityCounts, severity_counts};
use wire::aws::ecr::{
    self, FindingSeverity, ImageIdentifier, ImageScanFindingsSummary, ImageScanStatus,
};

use crate::doors::aws::sizes;

/// `imageScanStatus`.
pub(in crate::doors::aws::ecr) fn write_status(
    status: ScanStatus,
    description: String,
) -> ImageScanStatus {
    ImageScanStatus {
        // The words are the model's own.
        status: ecr::ScanStatus::from_word(status.as_str()),
        description: Some(description).filter(|text| !text.is_empty()),
    }
}

/// `findingSeverityCounts`.
pub(super) fn write_counts(counts: &SeverityCounts) -> BTreeMap<FindingSeverity, i64> {
    let entry = |(severity, count): (&Severity, &u64)| {
        Some((FindingSeverity::from_word(severity.as_str())?, sizes::bytes(*count)))
    };
    counts.iter().filter_map(entry).collect()
}

/// `imageId`: the image, by the tag that was asked for.
pub(super) fn write_id(digest: &Digest, asked: &ImageId) -> ImageIdentifier {
    ImageIdentifier {
        image_digest: Some(digest.to_string()),
        image_tag: asked.tag().map(ImageTag::to_string),
    }
}

/// `imageScanFindingsSummary`, of a scan that has findings.
pub(in crate::doors::aws::ecr) fn write_summary(
    scan: &ImageScan,
    source_updated_at: Option<Timestamp>,
) -> Option<ImageScanFindingsSummary> {
    let counts = severity_counts(scan)?;
    Some(ImageScanFindingsSummary {
        image_scan_completed_at: scan.ended_at.map(Timestamp::as_epoch_seconds),
        vulnerability_source_updated_at: source_updated_at.map(Timestamp::as_epoch_seconds),
        finding_severity_counts: Some(write_counts(&counts)),
    })
}
