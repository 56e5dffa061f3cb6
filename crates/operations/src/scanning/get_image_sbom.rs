//! GetImageSbom: of our own service.

use db::{DbError, ImageKey, PackageKey, Tx};
use names::{Digest, ImageId, RepositoryArn};
use scan::{Bill, BillFormat, Installed};

use super::describe_image_scan_findings::require_image;
use super::inventory::{StoredPackage, find_stored, list_places};
use crate::{Failure, Operations, ScanningRefusal};

/// Packages that are asked about together.
const ASKED_AT_ONCE: usize = 500;

/// What an image has, as a document.
#[derive(Debug, Clone)]
pub struct ImageSbom {
    /// The image.
    pub digest: Digest,
    /// The document.
    pub document: String,
}

impl Operations {
    /// What an image has, as a software bill of materials. It was scanned before.
    pub async fn get_image_sbom(
        &self,
        arn: &RepositoryArn,
        id: ImageId,
        format: BillFormat,
    ) -> Result<ImageSbom, Failure> {
        // Paths and packages come out of the layers.
        let key = self.find_encryption_key(arn).await?;
        self.require_usable_key(arn, &key).await?;
        let arn = arn.clone();
        self.db
            .read_at_length(move |tx| {
                let (_, image) = require_image(tx, &arn, &id)?;
                let not_found =
                    || ScanningRefusal::ScanNotFound { repository: arn.clone(), image: id.clone() };
                let (stored, made_at) = find_stored(tx, image.key)?.ok_or_else(not_found)?;
                let packages = read_packages(tx, image.key)?;
                let bill = Bill {
                    repository: arn.repository.as_str(),
                    image: &image.digest,
                    release: stored.release.as_ref(),
                    packages: &packages,
                    unread: &stored.unread,
                    made_at,
                    program: env!("CARGO_PKG_VERSION"),
                };
                let document = bill.write(format);
                Ok(ImageSbom { digest: image.digest, document })
            })
            .await
    }
}

/// The packages of an image, wherever it has them.
fn read_packages(tx: &mut Tx<'_>, image: ImageKey) -> Result<Vec<Installed>, DbError> {
    let places = list_places(tx, image)?;
    let mut packages = Vec::with_capacity(places.len());
    for some in places.chunks(ASKED_AT_ONCE) {
        let keys: Vec<PackageKey> = some.iter().map(|place| place.package).collect();
        for (place, document) in some.iter().zip(tx.find_package_documents(&keys)?) {
            let stored = document.and_then(|document| StoredPackage::read(&document));
            packages.extend(stored.and_then(|stored| stored.installed(place)));
        }
    }
    Ok(packages)
}
