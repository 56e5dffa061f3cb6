//! `ECR Image Scan`, and `Inspector2 Scan` of an enhanced one: how the scan of an image ended.

use std::collections::BTreeMap;

use db::{DbError, ImageKey, ImageScan, Tx};
use names::{ImageTag, RepositoryArn, ScanStatus, ScanType, Timestamp};
use scan::Severity;
use serde::Serialize;

use super::image_action::{ECR, about};
use super::{Events, Happening};
use crate::scanning::findings::{SeverityCounts, read_counts};

const INSPECTOR: &str = "aws.inspector2";

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Detail {
    scan_status: &'static str,
    repository_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding_severity_counts: Option<BTreeMap<&'static str, u64>>,
    image_digest: String,
    image_tags: Vec<String>,
}

/// Tells how a scan ended that had another status before. A scan that goes on is not told.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    image: ImageKey,
    (before, scan): (ScanStatus, &ImageScan),
    (events, now): (Events, Timestamp),
) -> Result<(), DbError> {
    let Some(status) = told(scan).filter(|_| before != scan.status && events != Events::Off) else {
        return Ok(());
    };
    let Some((_, digest, _)) = tx.find_image_status(image)? else { return Ok(()) };
    let tags = tx.list_tags_of_each(&[image])?.pop().unwrap_or_default();
    let counts = scan.counts.as_deref().map(read_counts);
    let (source, detail_type, repository_name) = match scan.scan_type {
        ScanType::Basic => (ECR, "ECR Image Scan", arn.repository.to_string()),
        // It has the ARN where one would look for a name.
        ScanType::Enhanced => (INSPECTOR, "Inspector2 Scan", arn.to_string()),
    };
    let detail = Detail {
        scan_status: status,
        repository_name,
        finding_severity_counts: counts.map(|counts| written(&counts, scan.scan_type)),
        image_digest: digest.to_string(),
        image_tags: tags.iter().map(ImageTag::to_string).collect(),
    };
    let resources = vec![arn.to_string()];
    let about = about(&arn.repository, &digest);
    let happening = Happening { source, detail_type, resources, detail, about };
    tx.insert_event(&arn.registry, &happening.row(events, now), now)
}

/// The word for how it ended, if it has ended.
fn told(scan: &ImageScan) -> Option<&'static str> {
    match (scan.scan_type, scan.status) {
        (_, ScanStatus::InProgress | ScanStatus::Pending) => None,
        (ScanType::Enhanced, ScanStatus::Active | ScanStatus::Complete) => {
            Some("INITIAL_SCAN_COMPLETE")
        }
        (_, status) => Some(status.as_str()),
    }
}

/// The numbers of findings of the severities that there are, and Inspector's total.
fn written(counts: &SeverityCounts, scan_type: ScanType) -> BTreeMap<&'static str, u64> {
    let some = counts.iter().filter(|(_, count)| **count > 0);
    let mut written: BTreeMap<_, _> =
        some.map(|(severity, count)| (Severity::as_str(*severity), *count)).collect();
    if scan_type == ScanType::Enhanced {
        written.insert("TOTAL", counts.values().sum());
    }
    written
}
