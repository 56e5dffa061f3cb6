//! Scans an image: reads those of its layers that were never read, writes down its packages, has
//! new ones judged, and concludes.
//!
//! A crash leaves the scan in progress, with the facts of the layers that were read so far, and
//! the job runs again. Two runs at a time write the same. An image that was deleted meanwhile needs
//! nothing; one that was archived is scanned when it comes back.

use std::collections::BTreeSet;

use db::{DbError, ImageKey, PackageKey, RepositoryKey, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{ImageStatus, MediaType, RepositoryArn, ScanStatus};
use scan::{ImageLayer, Inventory, READERS, merge};
use serde::{Deserialize, Serialize};

use crate::events::image_scan;
use crate::scanning::conclusion::{is_under_way, write_conclusion};
use crate::scanning::configuration::ScanningConfiguration;
use crate::scanning::inventory::find_stored;
use crate::{Failure, Fault, Operations, PushedManifest};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ScanImage {
    pub(crate) image: i64,
    pub(crate) repository: i64,
}

impl Job for ScanImage {
    const NAME: &'static str = "scan_image";
    const LANE: Lane = Lane::Scanning;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.image.to_string()
    }

    fn cause(&self) -> String {
        self.repository.to_string()
    }
}

/// Packages that are looked for together.
const ASKED_AT_ONCE: usize = 500;

const UNREADABLE: &str = "A layer of the image cannot be read back from the store.";

/// What has to be scanned.
struct Wanted {
    media_type: MediaType,
    manifest: Vec<u8>,
    is_read: bool,
}

impl Operations {
    pub(super) async fn scan_image(&self, job: ScanImage) -> Result<Outcome, Failure> {
        let (image, home) = (ImageKey(job.image), RepositoryKey(job.repository));
        let find = move |tx: &mut Tx<'_>| find_wanted(tx, image, home);
        let wanted: Result<_, DbError> = self.db.read(find).await;
        let Some(wanted) = wanted? else { return Ok(Outcome::Done) };
        let packages = if wanted.is_read {
            Some(self.packages_of_image(image).await?)
        } else {
            let manifest = (self.manifest_reader)(&wanted.manifest, &wanted.media_type);
            match self.inventory_of(home, manifest.as_ref()).await {
                Ok(inventory) => self.write_inventory(image, &inventory).await?,
                // Another try reads the same.
                Err(Failure::Fault(Fault::Corrupt(error) | Fault::Damaged(_, error))) => {
                    tracing::error!(job.subject = image.0, %error, "an image cannot be scanned");
                    self.fail(image, home).await?;
                    return Ok(Outcome::Done);
                }
                Err(failure) => return Err(failure),
            }
        };
        let Some(packages) = packages else { return Ok(Outcome::Done) };
        self.judge_new(&packages).await?;
        self.conclude(image, home).await?;
        Ok(Outcome::Done)
    }

    async fn inventory_of(
        &self,
        home: RepositoryKey,
        manifest: Option<&PushedManifest>,
    ) -> Result<Inventory, Failure> {
        let layers = manifest.map(PushedManifest::layers).unwrap_or_default();
        let mut read = Vec::with_capacity(layers.len());
        for layer in layers {
            read.push(self.facts_of_layer(home, &layer.digest).await?);
        }
        let layers = layers.iter().zip(&read);
        Ok(merge(layers.map(|(layer, facts)| ImageLayer { digest: &layer.digest, facts })))
    }

    /// Judges those of the packages that are noted.
    async fn judge_new(&self, packages: &BTreeSet<PackageKey>) -> Result<(), Failure> {
        let packages: Vec<PackageKey> = packages.iter().copied().collect();
        for some in packages.chunks(ASKED_AT_ONCE) {
            let some = some.to_vec();
            let noted: Result<_, DbError> =
                self.db.read(move |tx| tx.find_packages_to_judge(&some)).await;
            for note in noted?.into_iter().flatten() {
                self.judge_package(note.package).await?;
            }
        }
        Ok(())
    }

    async fn conclude(&self, image: ImageKey, home: RepositoryKey) -> Result<(), Failure> {
        let at = (self.events(), self.now());
        let conclude = move |tx: &mut Tx<'_>| {
            let Some((registry, name)) = tx.find_registry_of(home)? else { return Ok(()) };
            let Some((inventory, _)) = find_stored(tx, image)? else { return Ok(()) };
            let continues = ScanningConfiguration::find(tx, &registry)?.continues(&name);
            let arn = RepositoryArn { registry, repository: name };
            for scan in tx.list_image_scans(image)?.iter().filter(|scan| is_under_way(scan)) {
                let ended = write_conclusion(tx, image, scan, continues, &inventory, at.1)?;
                image_scan::write(tx, &arn, image, (scan.status, &ended), at)?;
            }
            Ok(())
        };
        let concluded: Result<_, DbError> = self.db.write(conclude).await;
        Ok(concluded?)
    }

    /// Ends scans of an image of which a layer cannot be read back.
    async fn fail(&self, image: ImageKey, home: RepositoryKey) -> Result<(), Failure> {
        let (events, now) = (self.events(), self.now());
        let fail = move |tx: &mut Tx<'_>| {
            let Some((registry, repository)) = tx.find_registry_of(home)? else { return Ok(()) };
            let arn = RepositoryArn { registry, repository };
            for mut scan in tx.list_image_scans(image)? {
                if is_under_way(&scan) {
                    let before = scan.status;
                    scan.status = ScanStatus::Failed;
                    UNREADABLE.clone_into(&mut scan.description);
                    scan.ended_at = Some(now);
                    tx.put_image_scan(image, &scan)?;
                    image_scan::write(tx, &arn, image, (before, &scan), (events, now))?;
                }
            }
            Ok(())
        };
        let failed: Result<_, DbError> = self.db.write(fail).await;
        Ok(failed?)
    }
}

/// What has to be scanned, if it still has to be.
fn find_wanted(
    tx: &mut Tx<'_>,
    image: ImageKey,
    home: RepositoryKey,
) -> Result<Option<Wanted>, DbError> {
    let Some((_, digest, ImageStatus::Active)) = tx.find_image_status(image)? else {
        return Ok(None);
    };
    if !tx.list_image_scans(image)?.iter().any(is_under_way) {
        return Ok(None);
    }
    let Some(found) = tx.find_image(home, &digest)? else { return Ok(None) };
    let manifest = tx.find_manifest(image)?.unwrap_or_default();
    let read = tx.find_image_inventory(image)?;
    let is_read = read.is_some_and(|inventory| inventory.readers >= READERS);
    Ok(Some(Wanted { media_type: found.media_type, manifest, is_read }))
}
