//! StartImageScan.

use std::time::Duration;

use db::{ImageScan, Tx};
use names::{Digest, ImageId, ImageStatus, RepositoryArn, ScanStatus, ScanType, Timestamp};

use super::configuration::ScanningConfiguration;
use super::describe_image_scan_findings::require_image;
use super::requesting::{ManifestReader, is_scannable, request};
use crate::{Failure, Operations, ScanningRefusal};

/// How long after a scan of an image the next one can be asked for: ECR's quota.
const BETWEEN_SCANS: Duration = Duration::from_hours(24);

impl Operations {
    /// Begins a basic scan of an image. Returns which image the id names.
    pub async fn start_image_scan(
        &self,
        arn: &RepositoryArn,
        id: ImageId,
    ) -> Result<(Digest, ImageScan), Failure> {
        let (arn, reader, now) = (arn.clone(), self.manifest_reader, self.now());
        self.db.write(move |tx| start(tx, &arn, &id, reader, now)).await
    }
}

fn start(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    id: &ImageId,
    reader: ManifestReader,
    now: Timestamp,
) -> Result<(Digest, ImageScan), Failure> {
    let (repository, image) = require_image(tx, arn, id)?;
    if ScanningConfiguration::find(tx, &arn.registry)?.scan_type == ScanType::Enhanced {
        return Err(ScanningRefusal::FeatureDisabled.into());
    }
    if image.status != ImageStatus::Active {
        let (repository, image) = (arn.clone(), id.clone());
        return Err(ScanningRefusal::ImageArchived { repository, image }.into());
    }
    let bytes = tx.find_manifest(image.key)?.unwrap_or_default();
    let manifest = reader(&bytes, &image.media_type);
    if !manifest.is_some_and(|manifest| is_scannable(&manifest)) {
        let media_type = image.artifact_type.unwrap_or(image.media_type);
        return Err(ScanningRefusal::UnsupportedImageType { media_type }.into());
    }
    if let Some(last) = tx.find_image_scan(image.key, ScanType::Basic)?
        && counts(&last)
        && last.started_at.plus(BETWEEN_SCANS) > now
    {
        return Err(ScanningRefusal::QuotaExceeded.into());
    }
    let scan = request(tx, repository.key, image.key, ScanType::Basic, now)?;
    Ok((image.digest, scan))
}

/// Whether a scan counts for the quota. One that had nothing to compare with does not.
fn counts(scan: &ImageScan) -> bool {
    scan.status != ScanStatus::FindingsUnavailable
}
