//! Begins enhanced scans of the images that were pushed in the last two weeks, after a registry's
//! configuration changed. Images that have such a scan are left alone: theirs follows the
//! advisories.
//!
//! It goes through the repositories by name, and through the images of each from the newest on. A
//! crash leaves the rest, and the job begins again.

use std::time::Duration;

use db::{DbError, Image, ImageKey, Repository, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use names::{
    AccountId, ImageStatus, Region, RegistryId, RepositoryArn, RepositoryName, ScanType, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::scanning::configuration::ScanningConfiguration;
use crate::scanning::requesting::{ManifestReader, request_on_push};
use crate::{Failure, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ScanRecentImages {
    account: String,
    region: String,
}

impl Job for ScanRecentImages {
    const NAME: &'static str = "scan_recent_images";
    const LANE: Lane = Lane::Scanning;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        format!("{}/{}", self.account, self.region)
    }
}

impl ScanRecentImages {
    pub(crate) fn of(registry: &RegistryId) -> Self {
        let RegistryId { account, region } = registry;
        Self { account: account.to_string(), region: region.to_string() }
    }
}

/// How far the first activation looks back, as ECR does.
const RECENT: Duration = Duration::from_hours(24 * 14);
const REPOSITORIES: u32 = 100;
/// Images that one transaction looks at: others wait for it no longer than that.
const IMAGES: u32 = 50;

impl Operations {
    pub(super) async fn scan_recent_images(
        &self,
        job: ScanRecentImages,
    ) -> Result<Outcome, Failure> {
        let ids = (AccountId::parse(&job.account), Region::parse(&job.region));
        let (Ok(account), Ok(region)) = ids else { return Ok(Outcome::Done) };
        let registry = RegistryId { account, region };
        let mut after: Option<RepositoryName> = None;
        loop {
            let (home, from) = (registry.clone(), after.clone());
            let read = move |tx: &mut Tx<'_>| {
                tx.list_repositories(&home, from.as_ref().map(RepositoryName::as_str), REPOSITORIES)
            };
            let page: Result<_, DbError> = self.db.read(read).await;
            let page = page?;
            let Some(last) = page.last() else { return Ok(Outcome::Done) };
            after = Some(last.name.clone());
            for repository in page {
                self.scan_recent_images_of(&registry, repository).await?;
            }
        }
    }

    async fn scan_recent_images_of(
        &self,
        registry: &RegistryId,
        repository: Repository,
    ) -> Result<(), Failure> {
        let (reader, now) = (self.manifest_reader, self.now());
        let mut before = None;
        loop {
            let (registry, repository) = (registry.clone(), repository.clone());
            let scan = move |tx: &mut Tx<'_>| {
                let arn = RepositoryArn {
                    registry: registry.clone(),
                    repository: repository.name.clone(),
                };
                scan_some(tx, (&arn, &repository), before, reader, now)
            };
            match self.db.write(scan).await? {
                Some(last) => before = Some(last),
                None => return Ok(()),
            }
        }
    }
}

/// Begins scans of some images before `before`. Returns the last; `None` if there are no more.
fn scan_some(
    tx: &mut Tx<'_>,
    home: (&RepositoryArn, &Repository),
    before: Option<ImageKey>,
    reader: ManifestReader,
    now: Timestamp,
) -> Result<Option<ImageKey>, Failure> {
    let configuration = ScanningConfiguration::find(tx, &home.0.registry)?;
    if configuration.scan_type != ScanType::Enhanced
        || !configuration.scans_pushes(&home.0.repository, false)
    {
        return Ok(None);
    }
    let images = tx.list_newest_images(home.1.key, before, IMAGES)?;
    for image in &images {
        if image.pushed_at.plus(RECENT) < now {
            return Ok(None);
        }
        scan_one(tx, home, image, reader, now)?;
    }
    Ok(images.last().map(|image| image.key))
}

fn scan_one(
    tx: &mut Tx<'_>,
    home: (&RepositoryArn, &Repository),
    image: &Image,
    reader: ManifestReader,
    now: Timestamp,
) -> Result<(), Failure> {
    if image.status != ImageStatus::Active
        || tx.find_image_scan(image.key, ScanType::Enhanced)?.is_some()
    {
        return Ok(());
    }
    let bytes = tx.find_manifest(image.key)?.unwrap_or_default();
    match reader(&bytes, &image.media_type) {
        Some(manifest) => request_on_push(tx, home, image.key, &manifest, now),
        None => Ok(()),
    }
}
