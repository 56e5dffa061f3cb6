//! Begins scans: by hand, by a push, and when the configuration of a registry says so.

use db::{DbError, ImageKey, ImageScan, Repository, RepositoryKey, Tx};
use names::{MediaType, RepositoryArn, ScanStatus, ScanType, Timestamp};

use super::conclusion::is_under_way;
use super::configuration::ScanningConfiguration;
use crate::jobs::scan_image::ScanImage;
use crate::{Failure, PushedManifest};

/// Reads a stored manifest. Documents are for the doors to understand.
pub type ManifestReader = fn(&[u8], &MediaType) -> Option<PushedManifest>;

/// The media types of configurations of images that run.
const IMAGE_CONFIGS: [&str; 2] =
    ["application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json"];

/// How the media types of layers that are archives of files begin.
const LAYERS: [&str; 2] =
    ["application/vnd.docker.image.rootfs.", "application/vnd.oci.image.layer."];

/// Whether there is something to scan: an image for one platform, not an index, and not an artifact
/// such as a chart or an attestation.
pub(crate) fn is_scannable(manifest: &PushedManifest) -> bool {
    let config = manifest.config_media_type.as_ref().map(MediaType::as_str);
    let is_layer =
        |media_type: &MediaType| LAYERS.iter().any(|start| media_type.as_str().starts_with(start));
    manifest.children.is_empty()
        && config.is_some_and(|config| IMAGE_CONFIGS.contains(&config))
        && manifest.layers().iter().all(|layer| is_layer(&layer.media_type))
}

/// Begins a scan of an image.
pub(crate) fn request(
    tx: &mut Tx<'_>,
    home: RepositoryKey,
    image: ImageKey,
    scan_type: ScanType,
    now: Timestamp,
) -> Result<ImageScan, DbError> {
    let status = match scan_type {
        ScanType::Basic => ScanStatus::InProgress,
        ScanType::Enhanced => ScanStatus::Pending,
    };
    let scan = ImageScan {
        scan_type,
        status,
        description: String::new(),
        started_at: now,
        ended_at: None,
        judged_at: None,
        counts: None,
        source: None,
        awaits: None,
    };
    tx.put_image_scan(image, &scan)?;
    jobs::enqueue(tx, &ScanImage { image: image.0, repository: home.0 }, now, now)?;
    Ok(scan)
}

/// Goes on with scans of an image that was in the archive when their turn came.
pub(crate) fn resume(tx: &mut Tx<'_>, image: ImageKey, now: Timestamp) -> Result<(), DbError> {
    if tx.list_image_scans(image)?.iter().any(is_under_way)
        && let Some((home, ..)) = tx.find_image_status(image)?
    {
        jobs::enqueue(tx, &ScanImage { image: image.0, repository: home.0 }, now, now)?;
    }
    Ok(())
}

/// Begins a scan of an image that was pushed, if images of the repository are scanned then.
pub(crate) fn request_on_push(
    tx: &mut Tx<'_>,
    (arn, home): (&RepositoryArn, &Repository),
    image: ImageKey,
    manifest: &PushedManifest,
    now: Timestamp,
) -> Result<(), Failure> {
    if !is_scannable(manifest) {
        return Ok(());
    }
    let configuration = ScanningConfiguration::find(tx, &arn.registry)?;
    if configuration.scans_pushes(&arn.repository, home.scan_on_push) {
        request(tx, home.key, image, configuration.scan_type, now)?;
    }
    Ok(())
}
